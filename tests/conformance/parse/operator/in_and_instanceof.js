a in b; a instanceof b; 'x' in y in z; !(a in b); (a instanceof b) in c;
