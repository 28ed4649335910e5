var `a`;
