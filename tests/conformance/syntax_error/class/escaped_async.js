class A { \u0061sync a() {} }
