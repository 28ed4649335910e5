let
[a] = b
