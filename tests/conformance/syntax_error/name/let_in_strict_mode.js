'use strict';
var let;
