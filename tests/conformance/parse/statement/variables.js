var a; var b = 1, c; let d, e = 2; const f = 3, g = 4; var { h } = i;
