'use strict';

// `Intl` for English: dates, numbers, lists, plurals, times that are near, orders, pieces of texts.

process.env.TZ = 'UTC';

function show(action) {
  try {
    console.log(action());
  } catch (error) {
    console.log(error.name, error.message);
  }
}

const date = new Date(1709210096789);
const dates = (options) => new Intl.DateTimeFormat('en-US', options);
show(() => dates({ timeZone: 'UTC' }).format(date));
show(() => dates({
  timeZone: 'America/New_York', hour12: false, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit',
  minute: '2-digit', second: '2-digit',
}).formatToParts(date).map(({ type, value }) => `${type}=${value}`).join('|'));
show(() => dates({ dateStyle: 'full', timeStyle: 'long', timeZone: 'UTC' }).formatToParts(date).map(({ type }) => type).join());
show(() => dates({ timeZone: 'europe/berlin', hour: 'numeric' }).resolvedOptions());
show(() => dates().resolvedOptions().timeZone);
show(() => [date].map(dates({ timeZone: '+05:30', timeStyle: 'short' }).format));
show(() => dates({ timeZone: 'Nowhere/Land' }));
show(() => dates({ month: 'wide' }));
show(() => dates().format(NaN));

const numbers = (options) => new Intl.NumberFormat('en-US', options);
show(() => [numbers().format(1234567.891), numbers({ style: 'percent', maximumFractionDigits: 1 }).format(0.256), numbers().format(2n ** 70n)]);
show(() => numbers({ style: 'currency', currency: 'USD' }).formatToParts(-1234.5).map(({ type, value }) => `${type}=${value}`).join('|'));
show(() => numbers({ style: 'currency', currency: 'JPY' }).resolvedOptions());
show(() => numbers({ maximumSignificantDigits: 3 }).resolvedOptions().maximumSignificantDigits);
show(() => [1, 2].map(numbers({ minimumIntegerDigits: 2 }).format));
show(() => numbers({ style: 'currency' }));
show(() => numbers({ style: 'none' }));

show(() => ['conjunction', 'disjunction', 'unit'].map((type) => new Intl.ListFormat('en', { type }).format(['a', 'b', 'c'])));
show(() => new Intl.ListFormat('en', { style: 'short' }).format(new Set(['x', 'y'])));
show(() => new Intl.ListFormat('en').format([1]));

const relative = (options) => new Intl.RelativeTimeFormat('en', options);
for (const style of ['long', 'short', 'narrow']) {
  show(() => ['year', 'month', 'day', 'second'].map((unit) => [1, -2].map((count) => relative({ style }).format(count, unit)).join(', ')));
}
show(() => [-1, 0, 1].map((count) => relative({ numeric: 'auto' }).format(count, 'day')));
show(() => relative().format(1, 'moment'));

show(() => [0, 1, 1.5].map((count) => new Intl.PluralRules('en').select(count)));
show(() => [1, 2, 3, 4, 11, 21, 112].map((count) => new Intl.PluralRules('en', { type: 'ordinal' }).select(count)));

show(() => ['b', 'a', 'Z', 'ä'].sort(new Intl.Collator().compare));
show(() => ['a10', 'a2'].sort(Intl.Collator('de', { numeric: true }).compare));
show(() => new Intl.Collator().resolvedOptions());

const segments = (text, granularity) => [...new Intl.Segmenter('en', { granularity }).segment(text)];
show(() => segments('a👩‍🚀é🇩🇪\r\nx').map(({ segment, index }) => `${JSON.stringify(segment)}@${index}`).join(' '));
show(() => segments("Hello, world! 3.5 can't", 'word').map(({ segment, isWordLike }) => `${segment}${isWordLike ? '+' : '-'}`));
show(() => segments('One. Two? Three!', 'sentence').map(({ segment }) => segment));
show(() => new Intl.Segmenter().segment('abc').containing(1));

show(() => Intl.getCanonicalLocales(['EN-us', 'zh-hans-cn']));
show(() => Intl.getCanonicalLocales('x_y'));
show(() => String(new Intl.Locale('en-latn-us-u-ca-gregory', { numeric: true, hourCycle: 'h12' })));
show(() => [String(Intl), Intl.NumberFormat.supportedLocalesOf(['en-US', 'en'])]);
