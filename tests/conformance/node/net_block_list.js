// Which addresses a list blocks, of both families, and how its rules are told.
const net = require('net');

const list = new net.BlockList();
list.addAddress('1.1.1.1');
list.addRange('10.0.0.1', '10.0.0.9');
list.addSubnet('192.168.1.77', 24);
list.addCIDRs(['fe80::/10', '::ffff:7.0.0.0/104']);
console.log(list, list.size);
const asked = [
  ['1.1.1.1'], ['1.1.1.2'], ['::ffff:1.1.1.1', 'ipv6'], ['10.0.0.9'], ['10.0.0.10'], ['192.168.1.3'],
  ['fe80::7', 'ipv6'], ['FE90:0::', 'IPv6'], ['ff80::7', 'ipv6'], ['7.1.2.3'], ['nonsense'],
];
for (const address of asked) console.log(...address, list.check(...address));
list.removeCIDR('fe80::/10');
list.removeRange('10.0.0.1', '10.0.0.9');
console.log(JSON.stringify(list));
const copy = structuredClone(list);
copy.addAddress('9.9.9.9');
console.log(list.check('9.9.9.9'));
const other = new net.BlockList();
other.fromJSON(['Range: IPv6 ::1-::4', 'unknown']);
console.log(other.rules);
list.clear();
console.log(copy.size);
const wrong = [
  () => list.addAddress(1), () => list.addAddress('::1'), () => list.addRange('1.1.1.2', '1.1.1.1'),
  () => list.addSubnet('1.1.1.1', 33), () => list.addCIDR('1.1.1.1'), () => list.addCIDR('1.1.1.1/08'),
  () => net.connect({ port: 1, blockList: {} }), () => new net.SocketAddress({ port: -1 }),
];
for (const call of wrong) {
  try {
    call();
  } catch (error) {
    console.log(error.code, error.message);
  }
}
for (const text of ['1.2.3.4:81', '[1:0:0::2]:7', '::1', '127.1']) console.log(net.SocketAddress.parse(text));
console.log(new net.SocketAddress({ family: 'ipv6', address: '0:0:0:4:5:0:0:FFFF', flowlabel: 9 }));

list.addAddress('127.0.0.1');
net.connect({ port: 1, host: '127.0.0.1', blockList: list }).on('error', (error) => {
  console.log(error.code, error.message);
  const server = net.createServer({ blockList: list }, () => console.log('not reached'));
  server.listen(0, '127.0.0.1', () => {
    net.connect(server.address().port).on('error', () => {}).on('close', () => server.close()).resume();
  });
});
