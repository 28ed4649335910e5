a
++b
c
--d
function f() { return
x }
l: for (;;) { break
l; continue
l }
