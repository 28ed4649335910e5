{ a } { let b; function c() {} { class D {} } } { }
