a?.b = c;
