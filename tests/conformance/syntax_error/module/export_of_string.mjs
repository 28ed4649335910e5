export { 'a' };
