new a; new a(); new a(b); new a.b; new a.b(); new a().b; new (a()); new (a().b)(); new new a; new new a()(); new a[b](c).d; new (class {}); new (function () {})(); new a(...b);
