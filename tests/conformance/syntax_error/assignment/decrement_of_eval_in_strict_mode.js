'use strict';
eval--;
