'use strict';
{
  function f() {}
}
