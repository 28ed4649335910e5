class A { a = this.#b; #b; in(o) { return class { m() { return o.#b; } }; } }
