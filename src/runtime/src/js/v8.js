'use strict';

// https://nodejs.org/api/v8.html
//
// There is no V8 here: what can be said of the engine's heap is said in V8's words.

const { addMissing } = require('internal/not_implemented');
const { validateString } = require('internal/validators');
const { memoryUsage } = native('process');

function getHeapStatistics() {
  const [, heapTotal, heapUsed, external] = memoryUsage();
  /** What V8 would take at most on a machine with enough memory. */
  const limit = 4_345_298_944;
  return {
    total_heap_size: heapTotal,
    total_heap_size_executable: 0,
    total_physical_size: heapTotal,
    total_available_size: Math.max(0, limit - heapUsed),
    used_heap_size: heapUsed,
    heap_size_limit: limit,
    malloced_memory: external,
    peak_malloced_memory: external,
    does_zap_garbage: 0,
    number_of_native_contexts: 1,
    number_of_detached_contexts: 0,
    total_global_handles_size: 0,
    used_global_handles_size: 0,
    external_memory: external,
    total_allocated_bytes: heapUsed,
  };
}

/** Options of V8 change nothing of another engine. */
function setFlagsFromString(flags) {
  validateString(flags, 'flags');
}

Object.assign(module.exports, {
  cachedDataVersionTag: function cachedDataVersionTag() { return 1_168_366_425; },
  getHeapStatistics,
  setFlagsFromString,
  isStringOneByteRepresentation: function isStringOneByteRepresentation(content) {
    validateString(content, 'content');
    // eslint-disable-next-line no-control-regex
    return /^[\x00-\xff]*$/.test(content);
  },
  startupSnapshot: {
    isBuildingSnapshot: () => false,
  },
});

const { startupSnapshot } = module.exports;
addMissing(startupSnapshot, 'v8.startupSnapshot', {
  functions: 'addSerializeCallback addDeserializeCallback setDeserializeMainFunction',
});

for (const [id, names] of [
  ['internal/v8/serializer', ['DefaultSerializer', 'Serializer', 'serialize']],
  ['internal/v8/deserializer', ['DefaultDeserializer', 'Deserializer', 'deserialize']],
]) {
  require('internal/util').defineLazyProperties(module.exports, id, names);
}

addMissing(module.exports, 'v8', {
  functions: 'getCppHeapStatistics getHeapCodeStatistics getHeapSnapshot getHeapSpaceStatistics ' +
    'queryObjects setHeapProfileNearHeapLimit setHeapSnapshotNearHeapLimit startCpuProfile ' +
    'startHeapProfile stopCoverage takeCoverage writeHeapSnapshot',
  classes: 'GCProfiler',
});
Object.defineProperty(module.exports, 'promiseHooks', {
  configurable: true, enumerable: true, get: () => require('internal/v8/promise_hooks'),
});
