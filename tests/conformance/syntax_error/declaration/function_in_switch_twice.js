'use strict';
switch (1) {
  case 1:
    function f() {}
  case 2:
    function f() {}
}
