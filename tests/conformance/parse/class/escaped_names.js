class \u0041 { #\u0061; \u0062 = this.#a; static \u{63}() {} }
