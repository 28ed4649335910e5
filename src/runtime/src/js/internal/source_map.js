'use strict';

// Source maps: from places in a generated text to those that it was made of.
//
// https://nodejs.org/api/module.html#class-modulesourcemap
// https://tc39.es/ecma426/

const { codes: { ERR_INVALID_ARG_TYPE } } = require('internal/errors');
const { validateObject } = require('internal/validators');

const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const VALUES = new Map([...DIGITS].map((digit, value) => [digit, value]));
/** Of the six bits of a digit, the one that says that more follow, and those that count. */
const MORE = 32;
const BITS = 5;

/** Reads the numbers of one group of a mapping. */
function numbersOf(group) {
  const numbers = [];
  let value = 0;
  let shift = 0;
  for (const character of group) {
    const digit = VALUES.get(character) ?? 0;
    value += (digit & (MORE - 1)) * 2 ** shift;
    shift += BITS;
    if ((digit & MORE) === 0) {
      // The sign is the lowest bit.
      numbers.push(value % 2 === 1 ? -Math.floor(value / 2) : value / 2);
      value = shift = 0;
    }
  }
  return numbers;
}

/** Adds the mappings of a map whose text begins at a place of the whole. */
function addMappings(map, startLine, startColumn, mappings) {
  const { sources, names } = map;
  let [source, originalLine, originalColumn, name] = [0, 0, 0, 0];
  // The count of sources is what a map without any fails at.
  if (sources.length === 0 && map.mappings === '') return;
  const lines = map.mappings.split(';');
  let last;
  lines.forEach((line, index) => {
    let column = index === 0 ? startColumn : 0;
    for (const group of line.split(',')) {
      if (group === '') continue;
      const numbers = numbersOf(group);
      column += numbers[0];
      const mapping = {
        line: startLine + index, column, source: undefined, originalLine: undefined,
        originalColumn: undefined, name: undefined,
      };
      if (numbers.length > 1) {
        source += numbers[1];
        originalLine += numbers[2] ?? 0;
        originalColumn += numbers[3] ?? 0;
        Object.assign(mapping, { source: sources[source], originalLine, originalColumn });
        if (numbers.length > 4) {
          name += numbers[4];
          mapping.name = names?.[name];
        }
      }
      mappings.push(mapping);
      last = numbers.length > 1 ? mapping : undefined;
    }
  });
  // As in Node.js, the last mapping has the name before it if it has none.
  if (last !== undefined && /[^;,]$/.test(map.mappings)) last.name ??= names?.[name];
}

function copyOf(payload) {
  if (typeof payload !== 'object' || payload === null) {
    throw new ERR_INVALID_ARG_TYPE('payload', ['Object'], payload);
  }
  const copy = { ...payload };
  for (const key of Object.keys(copy)) {
    if (Array.isArray(copy[key])) copy[key] = [...copy[key]];
  }
  return copy;
}

const kMappings = Symbol('kMappings');

class SourceMap {
  #payload;
  #mappings = [];
  #lineLengths;

  constructor(payload, { lineLengths } = { __proto__: null }) {
    validateObject(payload, 'payload');
    this.#payload = copyOf(payload);
    if (Array.isArray(payload.sections)) {
      for (const { map, offset } of payload.sections) {
        addMappings(map, offset.line, offset.column, this.#mappings);
      }
    } else {
      addMappings(payload, 0, 0, this.#mappings);
    }
    this.#mappings.sort((a, b) => a.line - b.line || a.column - b.column);
    if (Array.isArray(lineLengths)) this.#lineLengths = [...lineLengths];
  }

  /** What it was made of. */
  get payload() {
    return copyOf(this.#payload);
  }

  get [kMappings]() {
    return this.#mappings;
  }

  /** How long the lines of the generated text are. */
  get lineLengths() {
    return this.#lineLengths === undefined ? undefined : [...this.#lineLengths];
  }

  /** The last mapping at a place of the generated text or before it; both count from 0. */
  findEntry(lineOffset, columnOffset) {
    const isBefore = ({ line, column }) => (
      lineOffset < line || (lineOffset === line && columnOffset < column));
    let first = 0;
    let count = this.#mappings.length;
    while (count > 1) {
      const step = count >> 1;
      if (isBefore(this.#mappings[first + step])) {
        count = step;
      } else {
        first += step;
        count -= step;
      }
    }
    const found = this.#mappings[first];
    if (found === undefined || (first === 0 && isBefore(found))) return {};
    return {
      generatedLine: found.line,
      generatedColumn: found.column,
      originalSource: found.source,
      originalLine: found.originalLine,
      originalColumn: found.originalColumn,
      name: found.name,
    };
  }

  /** The place that a place of the generated text, as stacks have it, comes from. */
  findOrigin(lineNumber, columnNumber) {
    const entry = this.findEntry(lineNumber - 1, columnNumber - 1);
    if (entry.originalSource === undefined || entry.originalLine === undefined ||
        entry.originalColumn === undefined) {
      return {};
    }
    return {
      name: entry.name,
      fileName: entry.originalSource,
      lineNumber: entry.originalLine + lineNumber - entry.generatedLine,
      columnNumber: entry.originalColumn + columnNumber - entry.generatedColumn,
    };
  }
}

module.exports = { SourceMap };
