a / b / c; a /= b / c; a++ / 2; (a) / b / c; [a] / b / c; x = {} / b / c; x = /a/ / /b/; f() / b / c; this / b / c; null / b / c; `a` / b / c; 'a' / b / c; 1 / b / c;
