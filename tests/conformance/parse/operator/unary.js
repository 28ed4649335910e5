+a; -a; ~a; !a; typeof a; void a; delete a.b; - -a; + +a; !(!a); typeof typeof a; - --a; delete a[b]; void 0;
