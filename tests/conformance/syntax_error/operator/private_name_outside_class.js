a.#b;
