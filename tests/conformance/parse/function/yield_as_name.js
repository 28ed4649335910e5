var yield = 1; yield * 2; function f(yield) { return yield; } yield: 1; ({ yield });
