// What the environment holds is text, and `TZ` is the zone of dates.
process.env.NUMBER = 1;
process.env.NOTHING = undefined;
console.log(typeof process.env.NUMBER, process.env.NOTHING, 'NUMBER' in process.env);
for (const attempt of [
  () => { process.env[Symbol('s')] = 1; },
  () => { process.env.X = Symbol('s'); },
  () => Object.defineProperty(process.env, 'X', { value: 1 }),
  () => Object.defineProperty(process.env, 'X', { get() {} }),
]) {
  try { attempt(); } catch (error) { console.log(error.name, error.code, error.message); }
}
delete process.env.NUMBER;
console.log(process.env.NUMBER);
process.env.TZ = 'Asia/Tokyo';
console.log(new Date(0).getHours());
process.env.TZ = 'America/New_York';
console.log(new Date(0).getHours());
