var implements, interface, package, private, protected, public, static, let, yield; eval = 1; arguments = 2; arguments++; function eval() {}
