// Uint8Array to base64 and hex, and back.

const bytes = () => `new Uint8Array([${some(12, () => random(256)).join()}])`;
const alphabet = () => [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'];
const BASE64 = [...alphabet(), '-', '_', '=', '=', ' ', '\n', '\t', 'é', '\f'];

function base64() {
  const list = once(3) ? BASE64 : alphabet();
  const text = some(14, () => pick(list)).join('') + pick(['', '', '=', '==', ' = =', '===']);
  return ofString(text);
}

const hex = () => ofString(some(10, () => (256 + random(256)).toString(16).slice(1)).join('') + pick(['', '', '', 'a', 'A0', 'g0', ' ', 'é']));

function options() {
  const parts = [];
  if (once(2)) parts.push(`alphabet: ${pick(["'base64'", "'base64url'", "'base64url'", "'other'", 'undefined', 'null'])}`);
  if (once(2)) parts.push(`lastChunkHandling: ${pick(["'loose'", "'strict'", "'stop-before-partial'", "'x'", '1'])}`);
  if (once(3)) parts.push(`omitPadding: ${pick(['true', 'false', '1', "''"])}`);
  return once(3) ? '' : `, { ${parts.join(', ')} }`;
}

family(() => {
  switch (random(7)) {
    case 0: return `${bytes()}.toBase64(${options().slice(2)})`;
    case 1: return `${bytes()}.toHex()`;
    case 2: case 3: return `Uint8Array.fromBase64(${base64()}${options()})`;
    case 4: return `Uint8Array.fromHex(${hex()})`;
    case 5: return `(() => { const bytes = new Uint8Array(${random(10)}); return [bytes.setFromBase64(${base64()}${options()}), bytes]; })()`;
    default: return `(() => { const bytes = new Uint8Array(${random(10)}); try { return [bytes.setFromHex(${hex()}), bytes]; } catch (error) { return [error, bytes]; } })()`;
  }
});
