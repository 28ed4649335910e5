a.if / b / c; a.return / b / c; a.typeof / 2 / 1; ({ if: 1 }) / 2 / 1;
