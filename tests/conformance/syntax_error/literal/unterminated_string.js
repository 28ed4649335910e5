const s = 'never closed;
f();
