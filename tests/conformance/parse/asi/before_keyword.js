a
if (b) c
else d
e
for (;;) break
f
function g() {}
