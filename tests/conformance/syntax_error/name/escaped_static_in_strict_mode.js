'use strict';
var st\u0061tic;
