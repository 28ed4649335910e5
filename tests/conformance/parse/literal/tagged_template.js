tag`a${b}c`; a.b`x`; a()`x`; new a`x`; a`x``y`; (a, b)`x`; a?.b; `x``y`;
