var a;
{
  let b;
}
let a;
