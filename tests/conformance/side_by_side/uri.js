// encodeURI, decodeURI, escape, unescape and their kin.

const CODED = [
  () => '%' + (256 + random(256)).toString(16).slice(1),
  () => '%' + (256 + random(256)).toString(16).slice(1).toUpperCase(),
  () => encodeURIComponent(pick(['é', '日', '😀', ' ', '/', '#', '?'])),
  () => encodeURIComponent(pick(['é', '日', '😀'])).slice(0, 3 * (1 + random(3))),
  () => '%u' + (65536 + random(65536)).toString(16).slice(1),
  () => pick(['%', '%u', '%u12', '%4', '%g0', '%C0%80', '%ED%A0%80', '%F4%90%80%80', '%f0%9f%98%80', '%C3%28', '%23', '%2f', '%E0%80%80']),
  anyCharacter,
  () => pick([...";/?:@&=+$,#-_.!~*'()[]<>\"{}|\\^` "]),
];

family(() => {
  const text = ofString(some(6, () => pick(CODED)()).join(''));
  return `${pick(['encodeURI', 'encodeURIComponent', 'decodeURI', 'decodeURIComponent', 'escape', 'unescape'])}(${text})`;
});
