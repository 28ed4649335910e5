/\p{Klingon}/u;
