const s = `a${b`;
