var await = 1; await + 1; function f(await) { await: 1; } ({ await });
