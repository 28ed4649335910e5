'single'; "double"; ''; "it's"; 'say "hi"';
'\n\t\b\v\f\r\0\'\"\\';
'\x41\u0042\u{43}\u{1F600}';
'line \
continuation';
'\q\z\-';
