let
a
var let; let = 1; let(); let.x; let + 1; l\u0065t
x
if (a) let
{}
