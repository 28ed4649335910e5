'use strict';
var yield;
