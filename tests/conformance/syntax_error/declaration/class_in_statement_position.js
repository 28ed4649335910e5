if (a) class B {}
