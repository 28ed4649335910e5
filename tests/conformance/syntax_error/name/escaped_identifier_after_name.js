a ev\u0061l;
