for (let i of i2) {
  let i = 1;
}
