{
  export let a;
}
