function* yield_() {} function yield() {} function await() {} (async function () { function yield_() {} });
