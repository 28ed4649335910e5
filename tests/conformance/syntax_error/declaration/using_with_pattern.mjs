using { a } = b;
