class A { a
b
['c']
d = 1
'e'
static
f }
