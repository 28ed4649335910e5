'use strict';

// lodash, uuid, async and dayjs.

const _ = require('lodash');
const async = require('async');
const dayjs = require('dayjs');
const uuid = require('uuid');

process.env.TZ = 'Europe/Berlin';
const show = (name, value) => console.log(name, value);

function withLodash() {
  const users = [{ user: 'barney', age: 36, active: true, tags: ['a'] }, { user: 'fred', age: 40, active: false, tags: ['b', 'c'] }, { user: 'pebbles', age: 1, active: true, tags: [] }];
  const nested = { a: [{ b: { c: 3 } }, [1, [2, [3, [4]]]]], d: new Date(0), r: /x/gi, m: new Map([[1, { x: 2 }]]), s: new Set([1]), f() {}, u: undefined, n: null, sym: Symbol.for('s') };
  show('arrays', [_.chunk([1, 2, 3, 4, 5], 2), _.compact([0, 1, false, 2, '', 3]), _.difference([2, 1], [2, 3]), _.flattenDeep(nested.a[1]), _.zip(['a', 'b'], [1, 2]), _.unzip([['a', 1]]), _.sortedUniq([1, 1, 2]),
    _.xor([2, 1], [2, 3]), _.intersectionBy([2.1, 1.2], [2.3, 3.4], Math.floor), _.pullAt(['a', 'b', 'c'], [0, 2]), _.takeRightWhile([1, 2, 3], (n) => n > 1), _.zipObjectDeep(['a.b[0].c', 'a.b[1].d'], [1, 2]), _.sortedIndexBy([{ x: 4 }, { x: 5 }], { x: 4 }, 'x')]);
  show('collections', [_.groupBy(users, 'active'), _.keyBy(users, 'user'), _.countBy(users, 'tags.length'), _.orderBy(users, ['active', 'age'], ['asc', 'desc']).map((u) => u.user), _.partition(users, 'active').map((p) => p.length), _.invokeMap([[5, 1, 7], [3, 2]], 'sort'),
    _.find(users, { age: 1 }), _.filter(users, ['active', false]), _.reduceRight([[0, 1], [2, 3]], (flat, other) => flat.concat(other), []), _.sampleSize([1], 1), _.size('pebbles'), _.some(users, 'age'), _.sumBy(users, 'age'), _.maxBy(users, 'age').user, _.meanBy(users, 'age')]);
  show('objects', [_.get(nested, 'a[0].b.c'), _.get(nested, 'x.y', 'default'), _.set({}, 'a[0].b', 1), _.has(nested, 'a[0].b'), _.pick(users[0], ['user', 'age']), _.omit(users[0], 'tags'), _.invert({ a: 1, b: 2 }), _.mapValues({ a: 1 }, (n) => n * 2), _.mapKeys({ a: 1 }, (v, k) => k + v),
    _.merge({ a: [{ b: 2 }, { d: 4 }] }, { a: [{ c: 3 }, { e: 5 }] }), _.defaultsDeep({ a: { b: 2 } }, { a: { b: 1, c: 3 } }), _.toPairs({ a: 1 }), _.transform([2, 3, 4], (all, n) => { all.push(n * n); return n % 2 === 0; }), _.findKey({ a: 1, b: 2 }, (n) => n > 1), _.at(nested, ['a[0].b.c', 'a[1][0]']), _.update({ n: 1 }, 'n', (n) => n + 1), _.unset({ a: 1 }, 'a')]);
  const copy = _.cloneDeep(nested);
  show('clone', [_.isEqual(copy, nested), copy.a !== nested.a, copy.m.get(1) !== nested.m.get(1), copy.d instanceof Date, copy]);
  show('strings', ['camelCase', 'kebabCase', 'snakeCase', 'startCase', 'upperFirst', 'deburr', 'escape', 'lowerCase', 'capitalize', 'words'].map((name) => _[name]('--Foo Bar_déjà&vu<XMLHttp2Request>--')));
  show('more strings', [_.pad('abc', 8, '_-'), _.truncate('hi-diddly-ho there, neighborino', { length: 24, separator: /,? +/ }), _.template('hello <%= user %>!<% _.each(l, function(x) { %>[<%- x %>]<% }) %> ${user}')({ user: 'fred', l: ['<'] }), _.repeat('*', 3), _.parseInt('08'), _.split('a-b-c', '-', 2), _.trim('-_-abc-_-', '_-'), _.unescape('&lt;&amp;'), _.words('fred, 👩‍🚀, & pebbles')]);
  show('lang', [_.isPlainObject(Object.create(null)), _.isArguments((function f() { return arguments; })()), _.isElement({}), _.toNumber('0b101'), _.toInteger(3.7), _.toFinite(Infinity), _.toArray('abc'), _.toString([-0, null, Symbol.for('q')]), _.eq(NaN, NaN), _.isMatch({ a: 1, b: 2 }, { b: 2 }), _.conformsTo({ a: 1 }, { a: (n) => n > 0 }), _.castArray(1), _.isError(new Error('x')), _.isNative(Array.prototype.push), _.isTypedArray(new Uint8Array())]);
  show('functions', [_.curry((a, b, c) => [a, b, c])(1)(2, 3), _.partial((a, b) => a + b, _, 'x')('y'), _.flow([_.add, (n) => n * n])(1, 2), _.memoize((n) => n + 1)(1), _.negate((n) => n)(0), _.once(() => 1)(), _.rearg((a, b, c) => [a, b, c], [2, 0, 1])('b', 'c', 'a'), _.spread((a, b) => a + b)([1, 2]), _.overEvery([Boolean, isFinite])('1'), _.ary(parseInt, 1)('6', 8), _.flip((...a) => a)(1, 2), _.wrap(_.escape, (f, t) => `<p>${f(t)}</p>`)('a & b')]);
  show('chain', [_(users).filter('active').map('user').sort().value(), _.chain([1, 2, 3, 4]).map((n) => n * n).filter((n) => n % 2 === 0).take(1).value(), _([1, 2]).push(3).reverse().join('-'), _.chain('a b').words().thru((w) => [w]).value()]);
  show('maths', [_.round(4.006, 2), _.ceil(6040, -2), _.clamp(-10, -5, 5), _.inRange(3, 2, 4), _.range(0, -4, -1), _.rangeRight(4), _.divide(6, 4), _.times(3, String), _.uniqueId('p_'), _.toPath('a[0].b["c.d"]'), _.max([]), _.random(5, 5)]);
  const calls = [];
  const debounced = _.debounce((value) => calls.push(value), 10, { leading: true });
  debounced(1); debounced(2); debounced(3);
  return new Promise((resolve) => { setTimeout(() => { show('debounced', calls); _.defer(resolve); }, 40); });
}

async function withAsync() {
  const log = [];
  const work = (value, wait) => (done) => setTimeout(() => { log.push(value); done(null, value); }, wait);
  show('parallel', await async.parallel({ a: work('a', 40), b: work('b', 2) }));
  show('series', await async.series([work(1, 4), work(2, 0)]));
  show('waterfall', await async.waterfall([(done) => done(null, 1, 2), (a, b, done) => done(null, a + b), async (sum) => sum * 10]));
  show('auto', await async.auto({ one: async () => 1, two: ['one', (results, done) => done(null, results.one + 1)], three: ['one', 'two', async (results) => results.one + results.two] }));
  show('map', await async.mapLimit([3, 1, 2], 2, async (n) => n * 2));
  show('filter', await async.filter([1, 2, 3], async (n) => n % 2));
  show('sortBy', await async.sortBy([3, 1, 2], async (n) => n));
  show('groupBy', await async.groupBy([1, 2, 3], async (n) => (n % 2 ? 'odd' : 'even')));
  show('reduce', await async.reduce([1, 2, 3], 0, async (sum, n) => sum + n));
  show('whilst', await (() => { let n = 0; return async.whilst(async () => n < 3, async () => ++n); })());
  show('times', await async.times(3, async (n) => n * n));
  show('retry', await (() => { let n = 0; return async.retry({ times: 3, interval: 1 }, async () => { if (++n < 3) throw new Error('again'); return n; }); })());
  show('race', await async.race([work('slow', 400), work('fast', 1)]));
  show('reflect', await async.parallel(async.reflectAll([async () => 1, async () => { throw new Error('no'); }])).then((all) => all.map((each) => each.value ?? each.error.message)));
  await new Promise((resolve) => { async.timeout(work('late', 400), 5)((error) => { show('timeout', [error.message, error.code]); resolve(); }); });
  await async.parallel([(done) => done(new Error('failed'))]).catch((error) => show('error', error.message));
  const queue = async.queue((task, done) => { log.push(`task ${task}`); setImmediate(done, null, task); }, 2);
  queue.drain(() => show('drained', [queue.length(), queue.running(), queue.idle()]));
  queue.push([1, 2, 3], (error, task) => log.push(`done ${task}`));
  queue.unshift(0);
  await queue.drain();
  const priority = async.priorityQueue(async (task) => { log.push(`priority ${task}`); }, 1);
  priority.push('low', 5); priority.push('high', 1);
  await priority.drain();
  const cargo = async.cargo((tasks, done) => { log.push(`cargo ${tasks}`); done(); }, 2);
  cargo.push([1, 2, 3]);
  await cargo.drain();
  show('memoize', await new Promise((resolve) => { const f = async.memoize((x, done) => setImmediate(done, null, x + 1)); f(1, () => f(1, (error, value) => resolve([value, Object.keys(f.memo)]))); }));
  await async.eachOfSeries({ a: 1, b: 2 }, async (value, key) => { log.push(key + value); });
  async.seq((n, done) => done(null, n + 1), (n, done) => done(null, n * 2))(1, (error, n) => log.push(`seq ${n}`));
  show('log', log);
}

function withDayjs() {
  for (const name of ['utc', 'relativeTime', 'duration', 'customParseFormat', 'advancedFormat', 'isoWeek', 'weekOfYear', 'quarterOfYear', 'isBetween', 'localizedFormat', 'dayOfYear', 'minMax', 'calendar', 'objectSupport', 'toObject', 'updateLocale']) dayjs.extend(require(`dayjs/plugin/${name}`));
  require('dayjs/locale/de');
  const day = dayjs('2024-02-29T12:34:56.789Z');
  show('format', ['', 'YYYY-MM-DD HH:mm:ss.SSS Z', 'D/M/YY h:mm A', 'dddd MMMM Do', '[week] w W, [quarter] Q, X x', 'L LT LLLL', 'DDD dd ddd', 'k:mm'].map((format) => day.format(format)));
  show('locale', [day.locale('de').format('dddd, D. MMMM YYYY'), day.locale('de').from('2024-02-20'), day.locale('de').fromNow(true).length > 0]);
  show('arithmetic', [day.add(1, 'month'), day.subtract(1, 'year'), day.startOf('week'), day.endOf('month'), day.set('date', 1), day.add(-1.5, 'hour'), day.isoWeekday(1), day.quarter(4)].map((each) => each.toISOString()));
  show('queries', [day.year(), day.month(), day.day(), day.daysInMonth(), day.isLeapYear?.(), day.dayOfYear(), day.isoWeek(), day.isBefore('2025-01-01'), day.isSame('2024-02-01', 'month'), day.isBetween('2024-01-01', '2024-12-31', 'day', '[]'), day.diff('2023-01-01', 'month', true), day.diff('2024-03-01', 'day'), day.valueOf(), day.unix(), day.utcOffset()]);
  show('zones', [day.utc().format(), day.utcOffset(-5).format('YYYY-MM-DD HH:mm Z'), day.local().format()]);
  show('parse', [dayjs('05/02/69 1:02:03 PM -05:00', 'MM/DD/YY H:mm:ss A Z').toISOString(), dayjs('31.12.2024', 'DD.MM.YYYY', true).isValid(), dayjs('nonsense').isValid(), dayjs('nonsense').format(), dayjs({ year: 2020, month: 1 }).format('YYYY-MM'), dayjs(null).isValid(), dayjs('2024-1-2').format()]);
  show('relative', [dayjs('2024-01-01').to('2024-01-02'), dayjs('2024-01-01').to('2030-01-02'), day.from('2024-03-01', true), dayjs('2024-01-01').calendar('2024-01-02')]);
  show('durations', [dayjs.duration(3661000).format('H [h] mm:ss'), dayjs.duration({ hours: 25, minutes: 3 }).toISOString(), dayjs.duration(2, 'days').humanize(), dayjs.duration('P1Y2M3DT4H5M6S').asHours(), dayjs.duration(100).toJSON()]);
  show('misc', [JSON.stringify({ day }), `${day}`, day.toObject(), dayjs.max(dayjs('2024-01-01'), dayjs('2023-01-01')).year(), day.toDate() instanceof Date]);
}

function withUuid() {
  show('uuid', [uuid.v5('hello.example.com', uuid.v5.DNS), uuid.v3('http://example.com/hello', uuid.v3.URL), uuid.NIL, uuid.MAX, uuid.validate('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'), uuid.validate('not'), uuid.version('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'),
    uuid.v4({ random: Uint8Array.from({ length: 16 }, (x, i) => i * 16) }), uuid.v1({ node: [1, 2, 3, 4, 5, 6], clockseq: 0x1234, msecs: 1e12, nsecs: 5678 }), uuid.v7({ msecs: 1e12, seq: 5, random: new Uint8Array(16) }), uuid.v1ToV6('f1207660-21d2-11ef-8c4f-419efbd44d48'),
    uuid.parse('6ec0bd7f-11c0-43da-975e-2a8ad9ebae0b'), uuid.stringify(uuid.parse('109156be-c4fb-41ea-b1b4-efe1671c5836')), /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/.test(uuid.v4()), uuid.version(uuid.v7())]);
  try { uuid.parse('bad'); } catch (error) { show(error.name, error.message); }
}

(async () => {
  await withLodash();
  await withAsync();
  withDayjs();
  withUuid();
})().catch((error) => { console.error(error); process.exitCode = 1; });
