var v\u0061r;
