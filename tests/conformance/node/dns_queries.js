'use strict';

// Queries where nobody answers: what is checked, which servers are asked, and errors.

const dns = require('dns');

function attempt(action) {
  try {
    console.log(action());
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}

const resolver = new dns.Resolver({ timeout: 100, tries: 1 });
attempt(() => new dns.Resolver({ timeout: -2 }));
attempt(() => new dns.promises.Resolver({ tries: 0 }));
attempt(() => resolver.setServers(['1.2.3.4', '[::1]:55', '1.1.1.1:99', '::2', '[::3]']));
attempt(() => resolver.getServers());
attempt(() => resolver.setServers(['1.2.3.4:']));
attempt(() => resolver.setServers(['1.2.3.4:99999']));
attempt(() => resolver.setLocalAddress('1.1.1.1', '2.2.2.2'));
attempt(() => resolver.resolve('example.org', 'BAD', () => {}));
attempt(() => resolver.resolve4('example.org', {}));
attempt(() => dns.promises.resolveMx(5));

resolver.setServers(['127.0.0.1:1']);
const shown = ({ message, code, syscall, hostname, errno }) => ({ message, code, syscall, hostname, errno });
const request = resolver.resolve4('example.org', { ttl: true }, (error, addresses) => {
  console.log(shown(error), addresses);
  resolver.resolve('exämple.org', 'MX', (error) => {
    console.log(shown(error));
  });
});
console.log(request.bindingName, request.hostname, request.ttl);
