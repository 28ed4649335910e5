var await = 1; await (1);
