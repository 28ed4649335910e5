'use strict';

// https://xhr.spec.whatwg.org/#interface-formdata

const { File, isBlob } = require('internal/blob');
const {
  argumentCount, defineIteration, defineMembers, exception, expectInstance, illegalInvocation, isObject,
  toUsvString,
} = require('internal/fetch/webidl');

const kInspect = Symbol.for('nodejs.util.inspect.custom');

let internals;

class FormData {
  /** Pairs `[name, value]`, with strings and files as values. */
  #entries = [];

  constructor(form = undefined) {
    if (form !== undefined) {
      throw exception('FormData constructor', 'Argument 1 could not be converted to: undefined.');
    }
  }

  static {
    internals = {
      is: (value) => isObject(value) && #entries in value,
      entriesOf: (data) => data.#entries,
      of(entries) {
        const data = new FormData();
        data.#entries = entries;
        return data;
      },
    };
  }

  static #check(data) {
    if (!internals.is(data)) throw illegalInvocation();
    return data.#entries;
  }

  append(name, value, filename = undefined) {
    const entries = FormData.#check(this);
    const prefix = 'FormData.append';
    argumentCount(arguments.length, 2, prefix);
    entries.push(makeEntry(prefix, name, value, filename, arguments.length > 2));
  }

  delete(name) {
    FormData.#check(this);
    const prefix = 'FormData.delete';
    argumentCount(arguments.length, 1, prefix);
    name = toUsvString(name, prefix, 'name');
    this.#entries = this.#entries.filter(([known]) => known !== name);
  }

  get(name) {
    const entries = FormData.#check(this);
    const prefix = 'FormData.get';
    argumentCount(arguments.length, 1, prefix);
    name = toUsvString(name, prefix, 'name');
    return entries.find(([known]) => known === name)?.[1] ?? null;
  }

  getAll(name) {
    const entries = FormData.#check(this);
    const prefix = 'FormData.getAll';
    argumentCount(arguments.length, 1, prefix);
    name = toUsvString(name, prefix, 'name');
    return entries.filter(([known]) => known === name).map(([, value]) => value);
  }

  has(name) {
    const entries = FormData.#check(this);
    const prefix = 'FormData.has';
    argumentCount(arguments.length, 1, prefix);
    name = toUsvString(name, prefix, 'name');
    return entries.some(([known]) => known === name);
  }

  set(name, value, filename = undefined) {
    const entries = FormData.#check(this);
    const prefix = 'FormData.set';
    argumentCount(arguments.length, 2, prefix);
    const entry = makeEntry(prefix, name, value, filename, arguments.length > 2);
    const index = entries.findIndex(([known]) => known === entry[0]);
    if (index < 0) {
      entries.push(entry);
      return;
    }
    entries[index] = entry;
    this.#entries = entries.filter(([known], at) => at <= index || known !== entry[0]);
  }

  [kInspect](depth, options) {
    const shown = {};
    for (const [name, value] of this.#entries) {
      if (!Object.hasOwn(shown, name)) shown[name] = value;
      else if (Array.isArray(shown[name])) shown[name].push(value);
      else shown[name] = [shown[name], value];
    }
    options.depth ??= depth;
    options.colors ??= true;
    return `FormData ${require('internal/inspect').formatWithOptions(options, shown)}`;
  }
}

defineIteration(FormData, (data) => {
  if (!internals.is(data)) throw illegalInvocation();
  return internals.entriesOf(data);
});
defineMembers(FormData, ['append', 'delete', 'get', 'getAll', 'has', 'set']);

/** https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#create-an-entry */
function makeEntry(prefix, name, value, filename, isForFile) {
  name = toUsvString(name, prefix, 'name');
  if (!isForFile && !isBlob(value)) return [name, toUsvString(value, prefix, 'value')];
  if (!isBlob(value)) throw expectInstance(prefix, 'value', value, 'Blob');
  if (filename !== undefined) {
    filename = toUsvString(filename, prefix, 'filename');
    return [name, new File([value], filename, { type: value.type, lastModified: value.lastModified })];
  }
  return [name, value instanceof File ? value : new File([value], 'blob', { type: value.type })];
}

module.exports = {
  FormData,
  entriesOf: internals.entriesOf,
  formDataOf: internals.of,
  isFormData: internals.is,
};
