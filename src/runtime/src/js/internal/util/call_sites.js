'use strict';

// https://nodejs.org/api/util.html#utilgetcallsitesframecount-options

const { validateBoolean, validateInteger, validateNumber, validateObject } = require('internal/validators');

/** `below` is the function whose caller is the first frame. */
function getCallSites(below, frameCount = 10, options = undefined) {
  if (options === undefined) {
    if (typeof frameCount === 'object') {
      options = frameCount;
      validateObject(options, 'options');
      frameCount = 10;
    } else {
      options = {};
    }
  } else {
    validateObject(options, 'options');
  }
  if (options.sourceMap !== undefined) validateBoolean(options.sourceMap, 'options.sourceMap');
  validateNumber(frameCount, 'frameCount', 1, 200);
  validateInteger(frameCount, 'frameCount');
  return structuredSites(below, frameCount);
}

/** The frames around the caller of a function. */
function structuredSites(below, count) {
  const { prepareStackTrace, stackTraceLimit } = Error;
  let sites;
  try {
    Error.stackTraceLimit = count;
    Error.prepareStackTrace = (_, frames) => frames;
    const holder = {};
    Error.captureStackTrace(holder, below);
    sites = holder.stack;
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
    Error.stackTraceLimit = stackTraceLimit;
  }
  return sites.map((site) => ({
    __proto__: null,
    functionName: site.getFunctionName() ?? '',
    scriptId: String(site.getScriptHash?.() ?? ''),
    scriptName: site.getFileName() ?? '',
    lineNumber: site.getLineNumber(),
    columnNumber: site.getColumnNumber(),
    column: site.getColumnNumber(),
  }));
}

module.exports = { getCallSites };
