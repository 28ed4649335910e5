'use strict';

// Keys that are bytes: made, compared, shown, exported, and used for message codes.

const crypto = require('node:crypto');
const { types } = require('node:util');

const key = crypto.createSecretKey(Buffer.from('secret'));
console.log(key, String(key), key.type, key.symmetricKeySize, types.isKeyObject(key), types.isKeyObject({}));
console.log(key.export(), key.export({ format: 'jwk' }));
console.log(key.equals(crypto.createSecretKey('736563726574', 'hex')), key.equals(crypto.createSecretKey('other', 'utf8')));
console.log(structuredClone(key).equals(key), key instanceof crypto.KeyObject);
console.log(crypto.createHmac('sha256', key).update('text').digest('hex'));
console.log(crypto.generateKeySync('aes', { length: 256 }).symmetricKeySize);
console.log(key.toCryptoKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']).algorithm);

for (const wrong of [
  () => crypto.createSecretKey(1),
  () => key.export({ format: 'pem' }),
  () => key.equals(1),
  () => new crypto.KeyObject('secret', {}),
  () => crypto.generateKeySync('aes', { length: 100 }),
  () => crypto.generateKeySync('hmac', { length: 4 }),
  () => crypto.createHmac('sha256', {}),
]) {
  try {
    wrong();
  } catch (error) {
    console.log(error.name, error.code, error.message);
  }
}
crypto.generateKey('hmac', { length: 64 }, (error, made) => console.log(error, made.symmetricKeySize));
