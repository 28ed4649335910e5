a;
else b;
