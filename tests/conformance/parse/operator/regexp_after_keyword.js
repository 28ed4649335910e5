typeof /a/; void /a/; delete /a/; x in /a/; x instanceof /a/; new /a/.b; () => /a/; x ? /a/ : /b/; !/a/; [/a/, /b/]; ({ a: /a/ }); f(/a/); x = /a/; x && /a/; `${/a/}`;
