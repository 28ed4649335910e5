function a() {}
const a = 1;
