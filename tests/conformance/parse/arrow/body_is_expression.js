a => b => c; a => b ? c : d; a => b, c; a => a = 1; (a => 1)();
