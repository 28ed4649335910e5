var await, a, g; await /a/g;
