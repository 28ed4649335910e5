class A { #a; #b = 1; #c() {} get #d() {} set #d(v) {} static #e; static #f() {} async *#g() {} m(o) { this.#a = o.#b; o.#c(); o?.#a; o?.x.#a; delete o.#a.x; } }
