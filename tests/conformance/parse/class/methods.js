class A { constructor() {} a() {} *b() {} async c() {} async *d() {} [e]() {} 'f'() {} 1() {} 2n() {} }
