null; true; false; this;
