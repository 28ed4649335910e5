import { 'a b' as c } from 'a';
export { c as 'd e' };
export { 'f' as 'g', 'h' as i } from 'j';
export * as 'k l' from 'm';
