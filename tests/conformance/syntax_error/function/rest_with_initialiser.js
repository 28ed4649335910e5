function f(...a = []) {}
