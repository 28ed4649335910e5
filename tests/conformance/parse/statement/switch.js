switch (a) {} switch (a) { case b: case c: d; break; default: e; case f: { } } switch (a) { default: let x; function f() {} class C {} }
