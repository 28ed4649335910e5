await f();
