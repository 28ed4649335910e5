var enum;
