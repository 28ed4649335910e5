a ? b : c; a ? b : c ? d : e; a ? b ? c : d : e; a ? (b, c) : d; a ? b = 1 : c = 2; (a ? b : c) ? d : e;
