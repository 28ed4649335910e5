class A { static a() {} static *b() {} static async c() {} static d = 1; static [e]; static static() {} static get() {} }
