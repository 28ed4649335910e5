export let a;
export { a };
