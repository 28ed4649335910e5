class A extends B {} class C extends (D, E) {} class F extends G.h {} class I extends null {} class J extends class {} {} class K extends f() {} class L extends a?.b {}
