print(“hello”);
