'use strict';
09;
