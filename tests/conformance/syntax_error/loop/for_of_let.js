for (let of a) {}
