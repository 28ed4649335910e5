v\u0061r a;
