'use strict';

// `DOMException`: https://webidl.spec.whatwg.org/#idl-DOMException

/** Names of old exceptions, which have a number, and the constants for those. */
const numbered = [
  ['IndexSizeError', 'INDEX_SIZE_ERR'],
  [undefined, 'DOMSTRING_SIZE_ERR'],
  ['HierarchyRequestError', 'HIERARCHY_REQUEST_ERR'],
  ['WrongDocumentError', 'WRONG_DOCUMENT_ERR'],
  ['InvalidCharacterError', 'INVALID_CHARACTER_ERR'],
  [undefined, 'NO_DATA_ALLOWED_ERR'],
  ['NoModificationAllowedError', 'NO_MODIFICATION_ALLOWED_ERR'],
  ['NotFoundError', 'NOT_FOUND_ERR'],
  ['NotSupportedError', 'NOT_SUPPORTED_ERR'],
  ['InUseAttributeError', 'INUSE_ATTRIBUTE_ERR'],
  ['InvalidStateError', 'INVALID_STATE_ERR'],
  ['SyntaxError', 'SYNTAX_ERR'],
  ['InvalidModificationError', 'INVALID_MODIFICATION_ERR'],
  ['NamespaceError', 'NAMESPACE_ERR'],
  ['InvalidAccessError', 'INVALID_ACCESS_ERR'],
  [undefined, 'VALIDATION_ERR'],
  ['TypeMismatchError', 'TYPE_MISMATCH_ERR'],
  ['SecurityError', 'SECURITY_ERR'],
  ['NetworkError', 'NETWORK_ERR'],
  ['AbortError', 'ABORT_ERR'],
  ['URLMismatchError', 'URL_MISMATCH_ERR'],
  ['QuotaExceededError', 'QUOTA_EXCEEDED_ERR'],
  ['TimeoutError', 'TIMEOUT_ERR'],
  ['InvalidNodeTypeError', 'INVALID_NODE_TYPE_ERR'],
  ['DataCloneError', 'DATA_CLONE_ERR'],
];

const numbers = new Map();
numbered.forEach(([name], index) => name && numbers.set(name, index + 1));

/** Puts fields into an object that is there already. */
class Fields extends (function(object) { return object; }) {
  #name;
  #message;

  constructor(object, name, message) {
    super(object);
    this.#name = name;
    this.#message = message;
  }

  static of(object) {
    if (!(object !== null && typeof object === 'object' && #name in object)) {
      const error = new TypeError('Value of "this" must be of DOMException');
      error.code = 'ERR_INVALID_THIS';
      native('errors').showCodeInStack(error);
      throw error;
    }
    return { name: object.#name, message: object.#message };
  }

  static has(object) {
    return object !== null && typeof object === 'object' && #name in object;
  }
}

class DOMException {
  constructor(message = '', options = 'Error') {
    message = `${message}`;
    let name;
    let hasCause = false;
    if (options !== null && typeof options === 'object') {
      name = 'name' in options ? `${options.name}` : 'Error';
      hasCause = 'cause' in options;
    } else {
      name = `${options}`;
    }
    // An error by nature, so that it is shown as one.
    const self = Object.setPrototypeOf(new Error(), new.target.prototype);
    new Fields(self, name, message);
    Error.captureStackTrace(self);
    if (hasCause) {
      Object.defineProperty(self, 'cause', {
        value: options.cause, configurable: true, enumerable: false, writable: true,
      });
    }
    return self;
  }

  get name() {
    return Fields.of(this).name;
  }

  get message() {
    return Fields.of(this).message;
  }

  get code() {
    return numbers.get(Fields.of(this).name) ?? 0;
  }
}

Object.setPrototypeOf(DOMException.prototype, Error.prototype);
Object.defineProperties(DOMException.prototype, {
  [Symbol.toStringTag]: { configurable: true, value: 'DOMException' },
  name: { enumerable: true },
  message: { enumerable: true },
  code: { enumerable: true },
});
numbered.forEach(([, constant], index) => {
  const property = { enumerable: true, value: index + 1 };
  Object.defineProperty(DOMException, constant, property);
  Object.defineProperty(DOMException.prototype, constant, property);
});

/** https://webidl.spec.whatwg.org/#dfn-simple-exception-serialization */
Object.defineProperty(DOMException.prototype, require('internal/structured_clone').kClone, {
  configurable: true,
  enumerable: false,
  value() {
    const { name, message } = Fields.of(this);
    const clone = new DOMException(message, name);
    Object.defineProperty(clone, 'stack', { value: this.stack, configurable: true, writable: true });
    return clone;
  },
});

const isDOMException = (value) => Fields.has(value);

module.exports = { DOMException, isDOMException };
