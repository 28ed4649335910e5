async
a => 1
async
(b)
