x = function () {} / 1 / 2; x = class {} / 1 / 2; (function () {}) / 1 / 2;
