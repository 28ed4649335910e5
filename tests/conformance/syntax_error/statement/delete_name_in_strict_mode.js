'use strict';
delete a;
