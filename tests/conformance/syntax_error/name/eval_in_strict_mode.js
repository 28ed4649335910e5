'use strict';
var eval;
