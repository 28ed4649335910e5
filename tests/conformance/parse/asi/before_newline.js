a
b
c()
var d
let e = 1
const f = 2
throw a
