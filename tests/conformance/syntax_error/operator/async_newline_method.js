({ async
a() {} });
