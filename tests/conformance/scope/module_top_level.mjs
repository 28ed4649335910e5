import a, { b as c } from 'x';
import * as d from 'y';
export let e = a;
export { f as g };
function f() {
  return c + d;
}
export default function () {}
