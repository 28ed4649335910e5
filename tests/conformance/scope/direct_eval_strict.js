'use strict';
function f(a) {
  eval('var b');
}
