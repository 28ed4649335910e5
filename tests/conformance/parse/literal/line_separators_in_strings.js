'a b c';
