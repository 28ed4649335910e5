import eval from 'a';
