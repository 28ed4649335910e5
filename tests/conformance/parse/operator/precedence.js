a || b && c | d ^ e & f == g < h << i + j * k ** l;
a * b + c; a + b * c; a - b - c; a / b * c; a << b >> c >>> d; a < b == c > d; a & b ^ c | d; a && b || c;
