'use strict';

// Digests and message codes of the web.

const { subtle } = globalThis.crypto;
const hex = (buffer) => Buffer.from(buffer).toString('hex');

async function main() {
  const data = new TextEncoder().encode('data');
  for (const name of ['SHA-1', 'sha-256', { name: 'SHA-512' }]) console.log(hex(await subtle.digest(name, data)));
  const algorithm = { name: 'HMAC', hash: 'SHA-256' };
  const key = await subtle.importKey('raw', data, algorithm, true, ['verify', 'sign']);
  console.log(key, await subtle.exportKey('jwk', key));
  const code = await subtle.sign('HMAC', key, data);
  console.log(hex(code), await subtle.verify('HMAC', key, code, data), await subtle.verify('HMAC', key, data, data));
  for (const act of [
    () => subtle.digest('MD5', data),
    () => subtle.digest('SHA-1', 'text'),
    () => subtle.importKey('raw', data, { name: 'HMAC' }, true, ['sign']),
    () => subtle.importKey('raw', data, algorithm, true, []),
    () => subtle.importKey('raw', data, algorithm, true, ['encrypt']),
    async () => subtle.sign('HMAC', await subtle.importKey('raw', data, algorithm, false, ['verify']), data),
  ]) {
    await act().catch((error) => console.log(error.name, error.code, error.message));
  }
}

main();
