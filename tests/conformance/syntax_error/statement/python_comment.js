# a comment
a;
