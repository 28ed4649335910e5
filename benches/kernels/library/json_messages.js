// Small messages, each with keys in an order of its own, and a few maps.
let total = 0;
for (let i = 0; i < 40000; i++) {
  const params = i % 3 ? { uri: 'file:///src/' + (i & 63) + '.ts', line: i & 255 } : { ['key' + (i & 31)]: 'caf\u00e9 "quoted"\n' };
  const text = JSON.stringify({ jsonrpc: '2.0', id: i, method: 'textDocument/hover', params });
  const message = JSON.parse(text);
  total += message.id + text.length + Object.keys(message.params).length;
}
check(total, 804135729);
