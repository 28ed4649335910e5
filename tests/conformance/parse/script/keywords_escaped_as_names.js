var l\u0065t, st\u0061tic, \u0061sync, o\u0066, g\u0065t; a.\u0069f; ({ n\u0065w: 1 }); \u0061sync
(a);
