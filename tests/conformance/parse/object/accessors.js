({ get a() { return 1; }, set a(v) {}, get [b]() {}, set 'c'(v) {}, get 1() {}, set 2(v) {} });
