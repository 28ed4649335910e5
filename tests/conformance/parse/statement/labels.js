a: b; c: d: e: while (1) { break c; continue e; } f: { break f; } yield: 1; let_: for (;;) continue let_; async: 1; of: 1; a: 1
