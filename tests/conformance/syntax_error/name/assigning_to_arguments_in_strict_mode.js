'use strict';
arguments = [];
