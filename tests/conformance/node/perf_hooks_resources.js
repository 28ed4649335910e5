'use strict';

// Entries of resources, and the buffer that is full.

const { performance, PerformanceObserver } = require('perf_hooks');

const timing = (startTime) => ({
  startTime,
  endTime: startTime + 19,
  finalServiceWorkerStartTime: 2,
  redirectStartTime: 3,
  redirectEndTime: 4,
  postRedirectStartTime: 5,
  finalConnectionTimingInfo: {
    domainLookupStartTime: 6, domainLookupEndTime: 7, connectionStartTime: 8, connectionEndTime: 9,
    secureConnectionStartTime: 10, ALPNNegotiatedProtocol: 'h1',
  },
  finalNetworkRequestStartTime: 11,
  finalNetworkResponseStartTime: 12,
  encodedBodySize: 100,
  decodedBodySize: 200,
});
const mark = (startTime, cacheMode = '') => (
  performance.markResourceTiming(timing(startTime), 'http://x/', 'fetch', globalThis, cacheMode, {}, 200));
const kept = () => performance.getEntriesByType('resource').map(({ startTime }) => startTime);

new PerformanceObserver((list, observer) => {
  console.log('observed', list.getEntriesByName('http://x/').length);
  observer.disconnect();
}).observe({ type: 'resource' });

console.log(mark(1), JSON.stringify(mark(2, 'local').transferSize));
try {
  mark(3, 'else');
} catch (error) {
  console.log(error.code);
}
performance.clearResourceTimings();
performance.setResourceTimingBufferSize(1);
mark(4);
mark(5);
mark(6);
console.log(kept());
performance.addEventListener('resourcetimingbufferfull', (event) => {
  console.log(event.type);
  performance.clearResourceTimings();
  setImmediate(() => console.log(kept()));
}, { once: true });
