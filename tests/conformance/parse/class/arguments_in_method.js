class A { m() { return arguments; } f = function () { return arguments; }; }
