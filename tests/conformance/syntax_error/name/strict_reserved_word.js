'use strict';
var public;
