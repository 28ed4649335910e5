tag`\u`; tag`\x1`; tag`\u{110000}`; tag`\01`; tag`ok${a}\u{`;
