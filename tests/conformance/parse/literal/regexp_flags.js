/a/dgimsuy; /a/v; /a/;
