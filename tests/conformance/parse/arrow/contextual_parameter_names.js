yield => 1; of => 1; get => 1; let => 1; async => 1; (static, await) => 1; as => 1;
