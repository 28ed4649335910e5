'use strict';
'\101';
