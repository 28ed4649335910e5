// terser makes a file small.
terser.minify(text, { compress: { passes: 2 }, mangle: true }).then(
  ({ code }) => console.log(code),
  (error) => console.log('failed', error),
);
