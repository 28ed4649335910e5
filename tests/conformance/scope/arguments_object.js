function f(a) {
  a = 1;
  return arguments[0];
}
function g(a) {
  'use strict';
  return arguments[0];
}
function h(arguments) {
  return arguments;
}
function i() {
  let arguments;
  return arguments;
}
