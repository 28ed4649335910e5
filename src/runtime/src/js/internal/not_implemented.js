'use strict';

// What is not built yet: it is there, so that programs load which never use it, and says
// what it is when it is used.

const { NotImplementedError } = require('internal/errors');

/** A function that says that it is missing. */
function missingFunction(module, name) {
  return {
    [name]() {
      throw new NotImplementedError(`${module}.${name}`);
    },
  }[name];
}

/** A class of which nothing can be made. */
function missingClass(module, name, Base = Object) {
  const Class = {
    [name]: function() {
      throw new NotImplementedError(`${module}.${name}`);
    },
  }[name];
  if (Base !== Object) {
    Object.setPrototypeOf(Class.prototype, Base.prototype);
    Object.setPrototypeOf(Class, Base);
  }
  return Class;
}

/** Gives exports functions and classes that are missing: names apart by spaces. */
function addMissing(exports, module, { functions = '', classes = '' }) {
  for (const name of functions.split(' ').filter(Boolean)) {
    if (!(name in exports)) exports[name] = missingFunction(module, name);
  }
  for (const name of classes.split(' ').filter(Boolean)) {
    if (!(name in exports)) exports[name] = missingClass(module, name);
  }
  return exports;
}

module.exports = { addMissing, missingClass, missingFunction };
