'use strict';

// `console.table`: https://nodejs.org/api/console.html#consoletabletabulardata-properties

const { getStringWidth } = require('internal/inspect');
const { previewEntries } = native('values');
const { isMap, isMapIterator, isSet, isSetIterator } = require('util/types');

const INDEX = '(index)';
const ITERATION = '(iteration index)';
const KEY = 'Key';
const VALUES = 'Values';

function row(cells, widths) {
  let text = '│';
  for (let i = 0; i < cells.length; i++) {
    const padding = widths[i] - getStringWidth(cells[i]);
    text += ` ${cells[i]}${' '.repeat(padding + 1)}│`;
  }
  return text;
}

/** The text of a table: the titles of columns, and their cells. */
function draw(head, columns) {
  const height = Math.max(...columns.map((column) => column.length));
  const widths = head.map((title) => getStringWidth(title));
  const rows = Array.from({ length: height }, () => []);
  columns.forEach((column, i) => {
    for (let j = 0; j < height; j++) {
      const cell = Object.hasOwn(column, j) ? column[j] : '';
      rows[j][i] = cell;
      widths[i] = Math.max(widths[i], getStringWidth(cell));
    }
  });
  const lines = widths.map((width) => '─'.repeat(width + 2));
  const body = rows.map((cells) => `${row(cells, widths)}\n`).join('');
  return `┌${lines.join('┬')}┐\n${row(head, widths)}\n├${lines.join('┼')}┤\n${body}└${lines.join('┴')}┘`;
}

/** The table of some data; `show` makes texts of values. */
function tableOf(data, properties, show) {
  const indices = (count) => Array.from({ length: count }, (_, i) => show(i));

  if (isMap(data) || isMapIterator(data)) {
    const [list, isPairs] = isMap(data) ? [[], true] : previewEntries(data);
    if (isPairs) {
      const entries = isMap(data) ? [...data] : pairsOf(list);
      return draw([ITERATION, KEY, VALUES], [
        indices(entries.length), entries.map(([key]) => show(key)), entries.map(([, value]) => show(value)),
      ]);
    }
    return draw([ITERATION, VALUES], [indices(list.length), list.map(show)]);
  }
  if (isSet(data) || isSetIterator(data)) {
    const list = isSet(data) ? [...data] : previewEntries(data)[0];
    return draw([ITERATION, VALUES], [indices(list.length), list.map(show)]);
  }

  const columns = { __proto__: null };
  const primitives = [];
  let hasPrimitives = false;
  const keys = Object.keys(data);
  keys.forEach((key, i) => {
    const item = data[key];
    if (item === null || typeof item !== 'object' && typeof item !== 'function') {
      hasPrimitives = true;
      primitives[i] = show(item);
      if (properties === undefined) return;
    }
    const isPrimitive = Object.hasOwn(primitives, i);
    for (const property of properties ?? Object.keys(item)) {
      columns[property] ??= [];
      columns[property][i] = isPrimitive || !Object.hasOwn(item, property) ? '' : show(item[property]);
    }
  });
  const head = [INDEX, ...Object.keys(columns)];
  const cells = [keys, ...Object.values(columns)];
  if (hasPrimitives) {
    head.push(VALUES);
    cells.push(primitives);
  }
  return draw(head, cells);
}

function pairsOf(list) {
  const pairs = [];
  for (let i = 0; i < list.length; i += 2) pairs.push([list[i], list[i + 1]]);
  return pairs;
}

module.exports = { tableOf };
