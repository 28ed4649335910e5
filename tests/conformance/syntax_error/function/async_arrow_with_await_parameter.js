async (await) => 1;
