class A { get a() {} set a(v) {} static get b() {} static set b(v) {} get [c]() {} }
