export using file = open();
