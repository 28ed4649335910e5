function f() { 'use strict'; 'other'; return 1; }
function g() { "use\x20strict"; }
function h() { ('use strict'); }
