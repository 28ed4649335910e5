'use strict';

// What is told of resources that were fetched:
// https://nodejs.org/api/perf_hooks.html#class-performanceresourcetiming

const { codes } = require('internal/errors');
const { inspect } = require('internal/inspect');
const { PerformanceEntry, kCreate } = require('internal/perf/entries');
const { enqueue, timeline } = require('internal/perf/observer');

const { ERR_ILLEGAL_CONSTRUCTOR, ERR_INTERNAL_ASSERTION, ERR_INVALID_THIS } = codes;

/** What a response has besides its body, in bytes, as far as anybody guesses. */
const HEADERS = 300;

/** For each property, where it comes from: the timing of the fetch, or what else is known. */
const PROPERTIES = {
  initiatorType: ({ initiatorType }) => initiatorType,
  workerStart: ({ timing }) => timing.finalServiceWorkerStartTime,
  redirectStart: ({ timing }) => timing.redirectStartTime,
  redirectEnd: ({ timing }) => timing.redirectEndTime,
  fetchStart: ({ timing }) => timing.postRedirectStartTime,
  domainLookupStart: ({ timing }) => timing.finalConnectionTimingInfo?.domainLookupStartTime,
  domainLookupEnd: ({ timing }) => timing.finalConnectionTimingInfo?.domainLookupEndTime,
  connectStart: ({ timing }) => timing.finalConnectionTimingInfo?.connectionStartTime,
  connectEnd: ({ timing }) => timing.finalConnectionTimingInfo?.connectionEndTime,
  secureConnectionStart: ({ timing }) => timing.finalConnectionTimingInfo?.secureConnectionStartTime,
  nextHopProtocol: ({ timing }) => timing.finalConnectionTimingInfo?.ALPNNegotiatedProtocol,
  requestStart: ({ timing }) => timing.finalNetworkRequestStartTime,
  finalResponseHeadersStart: ({ timing }) => timing.finalNetworkResponseStartTime,
  firstInterimResponseStart: () => 0,
  responseStart: ({ timing }) => timing.finalNetworkResponseStartTime,
  responseEnd: ({ timing }) => timing.endTime,
  encodedBodySize: ({ timing }) => timing.encodedBodySize,
  decodedBodySize: ({ timing }) => timing.decodedBodySize,
  transferSize({ timing, cacheMode }) {
    if (cacheMode === 'local') return 0;
    return cacheMode === 'validated' ? HEADERS : timing.encodedBodySize + HEADERS;
  },
  deliveryType: ({ deliveryType }) => deliveryType,
  responseStatus: ({ responseStatus }) => responseStatus,
  renderBlockingStatus: () => 'non-blocking',
  contentType: ({ bodyInfo }) => bodyInfo?.contentType ?? '',
  contentEncoding: ({ bodyInfo }) => bodyInfo?.contentEncoding ?? '',
};

/** The order in which `toJSON` has them. */
const SHOWN = [
  'name', 'entryType', 'startTime', 'duration', 'initiatorType', 'nextHopProtocol', 'workerStart',
  'redirectStart', 'redirectEnd', 'fetchStart', 'domainLookupStart', 'domainLookupEnd',
  'connectStart', 'connectEnd', 'secureConnectionStart', 'requestStart',
  'finalResponseHeadersStart', 'firstInterimResponseStart', 'responseStart', 'responseEnd',
  'transferSize', 'encodedBodySize', 'decodedBodySize', 'deliveryType', 'responseStatus',
  'renderBlockingStatus', 'contentType', 'contentEncoding',
];

let knownOf;

class PerformanceResourceTiming extends PerformanceEntry {
  #known;

  constructor(token, name, known) {
    if (token !== kCreate) throw new ERR_ILLEGAL_CONSTRUCTOR();
    const { startTime, endTime } = known.timing;
    super(kCreate, name, 'resource', startTime, endTime - startTime, undefined);
    this.#known = known;
  }

  static {
    knownOf = (entry) => {
      if (entry === null || typeof entry !== 'object' || !(#known in entry)) {
        throw new ERR_INVALID_THIS('PerformanceResourceTiming');
      }
      return entry.#known;
    };
  }

  get name() {
    knownOf(this);
    return super.name;
  }

  get startTime() {
    knownOf(this);
    return super.startTime;
  }

  get duration() {
    knownOf(this);
    return super.duration;
  }

  static {
    for (const [name, read] of Object.entries(PROPERTIES)) {
      const property = Object.getOwnPropertyDescriptor({
        get [name]() {
          return read(knownOf(this));
        },
      }, name);
      Object.defineProperty(PerformanceResourceTiming.prototype, name, property);
    }
  }

  [inspect.custom](depth, options) {
    if (depth < 0) return this;
    return `${this.constructor.name} ${inspect(this.toJSON(), { ...options, depth: options.depth - 1 })}`;
  }
}

Object.assign(PerformanceResourceTiming.prototype, {
  toJSON() {
    return Object.fromEntries(SHOWN.map((name) => [name, this[name]]));
  },
});
Object.defineProperties(PerformanceResourceTiming.prototype, {
  [Symbol.toStringTag]: { __proto__: null, configurable: true, value: 'PerformanceResourceTiming' },
});

// ---------------------------------------------------------------------------
// The buffer: https://w3c.github.io/resource-timing/#sec-extensions-performance-interface
// ---------------------------------------------------------------------------

let most = 250;
/** What has no room until somebody makes some. */
let secondary = [];
let isFullTold = false;

function setBufferSize(size) {
  most = size;
}

/** Tells that the buffer is full, as long as that makes room for what waits. */
function tellOfFull(performance) {
  const { Event } = require('internal/event_target');
  while (secondary.length > 0) {
    const before = secondary.length;
    if (timeline.resource.length >= most) {
      performance.dispatchEvent(new Event('resourcetimingbufferfull'));
    }
    while (timeline.resource.length < most && secondary.length > 0) {
      timeline.resource.push(secondary.shift());
    }
    if (secondary.length >= before) secondary = [];
  }
  isFullTold = false;
}

function keep(performance, entry) {
  if (timeline.resource.length < most && !isFullTold) {
    timeline.resource.push(entry);
    return;
  }
  if (!isFullTold) {
    isFullTold = true;
    require('timers').setImmediate(() => tellOfFull(performance));
  }
  secondary.push(entry);
}

/** `performance.markResourceTiming` */
function markResourceTiming(
  performance, timing, requestedUrl, initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType) {
  if (cacheMode !== '' && cacheMode !== 'local') {
    throw new ERR_INTERNAL_ASSERTION("cache must be an empty string or 'local'");
  }
  const entry = new PerformanceResourceTiming(kCreate, requestedUrl, {
    timing, initiatorType, cacheMode, bodyInfo, responseStatus, deliveryType,
  });
  enqueue(entry);
  keep(performance, entry);
  return entry;
}

module.exports = { PerformanceResourceTiming, markResourceTiming, setBufferSize };
