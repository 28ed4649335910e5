{
  {
    let a;
  }
  {
  }
}
