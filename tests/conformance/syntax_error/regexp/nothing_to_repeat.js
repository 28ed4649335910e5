/*comment*/ /+a/;
