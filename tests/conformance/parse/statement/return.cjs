return; return a; return
b; return (c, d); return /a/;
