({ a() {}, *b() { yield; }, async c() { await 1; }, async *d() { yield await 1; }, [e]() {}, 'f'() {}, 1() {}, async *[g]() {} });
