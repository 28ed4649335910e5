function f() {
  'use strict';
  yield a;
}
