function a(x, y = 1, ...z) {}
function b({ c, d: [e] }, [f, , g] = []) {}
function h(a, a) {}
function i(x,) {}
function j(...[a, b]) {}
