const a = await f();
