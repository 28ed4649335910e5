try {
} catch (e) {
  var e = 1;
  () => e;
}
