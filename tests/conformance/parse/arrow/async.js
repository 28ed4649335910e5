async () => 1; async a => 1; async (a) => await a; async (a, ...b) => {}; async ({ a }) => {}; async async => async; async await_ => 1;
