var a@b;
