function* g() { yield; yield a; yield* b; yield
c; const x = yield; (yield); [yield, yield a]; yield yield d; a ? yield : yield e; `${yield}`; }
