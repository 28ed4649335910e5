do a; while (b) c
do {} while (d) e; do f
while (g)
h
