a || b => c;
