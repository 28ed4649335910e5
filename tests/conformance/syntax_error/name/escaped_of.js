for (const a o\u0066 b) ;
