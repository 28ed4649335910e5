try {
} catch ({ a, b: [c] }) {
  let d = a + c;
}
