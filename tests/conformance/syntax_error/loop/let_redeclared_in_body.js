for (let i of a) {
  var i;
}
