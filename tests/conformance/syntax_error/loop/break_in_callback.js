while (a) {
  list.forEach(() => {
    break;
  });
}
