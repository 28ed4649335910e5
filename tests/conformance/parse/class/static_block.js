class A { static { this.x = 1; var a; let b; function c() {} { } } static { } static {} }
