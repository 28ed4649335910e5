switch (a) {
  default:
  default:
}
