async () => { aw\u0061it a };
