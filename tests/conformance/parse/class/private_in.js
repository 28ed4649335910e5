class A { #a; m(o) { #a in o; #a in o && 1; 1 + 1, #a in o in p; !(#a in o); for (let x = (#a in o); ;) break; } }
