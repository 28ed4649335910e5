export { a as if, a as default, a as class }; var a; import { new as b, function as c } from 'd';
