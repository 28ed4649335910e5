// Proxies and Reflect.
const target = { a: 1, b: 2, count: 0 };
const seen = new Map();
const proxy = new Proxy(target, {
  get(object, key, receiver) {
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return Reflect.get(object, key, receiver);
  },
  set: (object, key, value) => Reflect.set(object, key, value),
  has: (object, key) => key in object,
});
let total = 0;
for (let i = 0; i < 80000; i++) {
  total += proxy.a + proxy.b;
  proxy.count = i;
  if ('a' in proxy) total++;
}
const plain = new Proxy(target, {});
for (let i = 0; i < 80000; i++) total += plain.a + Reflect.ownKeys(target).length;
check(total + seen.get('a') + target.count, 799999);
