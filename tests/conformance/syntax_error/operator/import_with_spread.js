import(...a);
