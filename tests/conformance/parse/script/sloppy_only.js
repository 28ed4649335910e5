delete a; with (a) b; 010; '\01'; arguments = 1; function f(a, a) {} var eval;
