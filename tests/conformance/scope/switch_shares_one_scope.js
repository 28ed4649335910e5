switch (x) {
  case 0:
    let a = 1;
  case 1:
    a;
}
