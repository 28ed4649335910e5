class A extends B { constructor(...a) { super(...a); super.x; () => super(); } m() { super.m(); } f = super.x; static s() { super[y] = 1; } }
