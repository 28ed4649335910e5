let a;
--> a
