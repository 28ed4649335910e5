for (let a, b in c) {}
