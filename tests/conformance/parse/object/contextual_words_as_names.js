({ get: 1, set: 2, async: 3, static: 4, of: 5, let: 6, yield: 7, await: 8 });
({ get, set, async, of });
({ get() {}, set() {}, async() {}, static() {} });
({ get get() {}, set set(v) {}, async async() {}, get async() {}, async get() {} });
({ get
a() {} });
