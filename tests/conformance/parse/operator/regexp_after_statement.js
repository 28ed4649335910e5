if (a) /b/g; while (a) /b/g; for (;;) /b/g
{} /a/g; a: /b/g; ; /c/g
do /a/; while (b) /c/g
function f() {} /a/g; class C {} /a/g; if (a) {} else /b/g
