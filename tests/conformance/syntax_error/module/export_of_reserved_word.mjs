export { if };
