async; async = 1; async(); async(a, b); async.x; async ? 1 : 2; var async; function async() {} async: 1; async
function f() {}
