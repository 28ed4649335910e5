function* f() { yi\u0065ld a }
