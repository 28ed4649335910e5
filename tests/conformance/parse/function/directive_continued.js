function f() { 'use strict'
+ 1; }
function g() { 'use strict'
.length }
function h() { 'a'
'b'
x }
