'use strict';
for (f() in a) {}
