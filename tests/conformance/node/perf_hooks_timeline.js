'use strict';
const { performance, PerformanceObserver, createHistogram } = require('perf_hooks');

const observer = new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) console.log(entry.name, entry.entryType, entry.detail);
  observer.disconnect();
});
observer.observe({ entryTypes: ['mark', 'measure'] });
performance.mark('begin', { startTime: 5, detail: { a: 1 } });
performance.mark('end', { startTime: 8 });
console.log(performance.measure('all', 'begin', 'end').duration);
console.log(performance.getEntries().map((entry) => entry.name));
performance.clearMarks('begin');
console.log(performance.getEntriesByType('mark').length, performance.now() > 0);

const histogram = createHistogram();
for (let i = 1; i <= 1000; i++) histogram.record(i * 37);
console.log(histogram.min, histogram.max, histogram.count, histogram.percentile(50), histogram.percentile(99));
console.log(histogram.mean, histogram.stddev, histogram.percentiles);
