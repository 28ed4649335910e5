export var a = 1;
export let b, c;
export const { d, e: [f] } = g;
export function h() {}
export async function* i() {}
export class J {}
export { a as k, b as default, };
export {};
var g;
