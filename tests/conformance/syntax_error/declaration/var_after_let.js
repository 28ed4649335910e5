let a;
{
  var a;
}
