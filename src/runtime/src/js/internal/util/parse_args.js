'use strict';

// https://nodejs.org/api/util.html#utilparseargsconfig

const { codes } = require('internal/errors');
const {
  validateArray,
  validateBoolean,
  validateBooleanArray,
  validateObject,
  validateString,
  validateStringArray,
} = require('internal/validators');

const {
  ERR_INVALID_ARG_TYPE,
  ERR_INVALID_ARG_VALUE,
  ERR_PARSE_ARGS_INVALID_OPTION_VALUE,
  ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL,
  ERR_PARSE_ARGS_UNKNOWN_OPTION,
} = codes;

const ownOf = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** The arguments of the program, without those of Node.js and the script. */
function mainArgs() {
  const { argv, execArgv } = require('process');
  const hasCode = execArgv.some((arg) => (
    /^(?:-e|-p|-pe|--eval|--print)$/.test(arg) || arg.startsWith('--eval=') || arg.startsWith('--print=')));
  return argv.slice(hasCode ? 1 : 2);
}

/** The long name of a short option; itself if it has none. */
function longName(short, options) {
  for (const name of Object.keys(options)) if (ownOf(options[name], 'short') === short) return name;
  return short;
}

const typeOf = (name, options) => (Object.hasOwn(options, name) ? ownOf(options[name], 'type') : undefined);

/** `-f`, `--foo`: how an option is written in messages. */
function described(name, options, value = '') {
  const short = Object.hasOwn(options, name) ? ownOf(options[name], 'short') : undefined;
  return `${short ? `-${short}, ` : ''}--${name}${value}`;
}

// ---------------------------------------------------------------------------
// From arguments to tokens
// ---------------------------------------------------------------------------

function tokenize(args, options) {
  const tokens = [];
  const rest = [...args];
  // Groups of short options become several arguments with the index of the one.
  let index = -1;
  let ofGroup = 0;

  const option = (name, rawName, value, inlineValue) => {
    tokens.push({ kind: 'option', name, rawName, index, value, inlineValue });
  };

  while (rest.length > 0) {
    const arg = rest.shift();
    const next = rest[0];
    if (ofGroup > 0) ofGroup--;
    else index++;

    if (arg === '--') {
      tokens.push({ kind: 'option-terminator', index });
      for (const value of rest) tokens.push({ kind: 'positional', index: ++index, value });
      break;
    }
    if (typeof arg !== 'string' || arg.length < 2 || arg[0] !== '-') {
      tokens.push({ kind: 'positional', index, value: arg });
      continue;
    }
    if (arg[1] !== '-') {
      const name = longName(arg[1], options);
      const isString = typeOf(name, options) === 'string';
      if (arg.length === 2) {
        const takesNext = isString && next != null;
        const value = takesNext ? rest.shift() : undefined;
        option(name, arg, value, takesNext ? false : undefined);
        if (takesNext) index++;
      } else if (isString) {
        option(name, arg.slice(0, 2), arg.slice(2), true);
      } else {
        const group = splitGroup(arg, options);
        rest.unshift(...group);
        ofGroup = group.length;
      }
      continue;
    }
    const equals = arg.indexOf('=', 3);
    if (equals >= 0) {
      const name = arg.slice(2, equals);
      option(name, `--${name}`, arg.slice(equals + 1), true);
      continue;
    }
    const name = arg.slice(2);
    const takesNext = typeOf(name, options) === 'string' && next != null;
    const value = takesNext ? rest.shift() : undefined;
    option(name, arg, value, takesNext ? false : undefined);
    if (takesNext) index++;
  }
  return tokens;
}

/** `-abc` as `-a`, `-b`, `-c`, as far as no option takes the rest as its value. */
function splitGroup(arg, options) {
  const expanded = [];
  for (let at = 1; at < arg.length; at++) {
    const isLast = at === arg.length - 1;
    const isString = typeOf(longName(arg[at], options), options) === 'string';
    if (isString && !isLast) {
      expanded.push(`-${arg.slice(at)}`);
      break;
    }
    expanded.push(`-${arg[at]}`);
  }
  return expanded;
}

// ---------------------------------------------------------------------------
// From tokens to values
// ---------------------------------------------------------------------------

function checkUsage(token, { allowPositionals, options }) {
  if (!Object.hasOwn(options, token.name)) {
    throw new ERR_PARSE_ARGS_UNKNOWN_OPTION(token.rawName, allowPositionals);
  }
  const type = ownOf(options[token.name], 'type');
  if (type === 'string' && typeof token.value !== 'string') {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
      `Option '${described(token.name, options, ' <value>')}' argument missing`);
  }
  if (type === 'boolean' && token.value != null) {
    throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
      `Option '${described(token.name, options)}' does not take an argument`);
  }
}

/** Refuses a value that looks like an option, unless it stands behind `=`. */
function checkValue(token) {
  if (token.inlineValue || typeof token.value !== 'string') return;
  if (token.value.length < 2 || token.value[0] !== '-') return;
  const { name, rawName } = token;
  const example = rawName.startsWith('--') ? `'${rawName}=-XYZ'` : `'--${name}=-XYZ' or '${rawName}-XYZ'`;
  throw new ERR_PARSE_ARGS_INVALID_OPTION_VALUE(
    `Option '${rawName}' argument is ambiguous.\n` +
    `Did you forget to specify the option argument for '${rawName}'?\n` +
    `To specify an option argument starting with a dash use ${example}.`);
}

function store(name, value, options, values) {
  if (name === '__proto__') return;
  const stored = value ?? true;
  if (Object.hasOwn(options, name) && options[name].multiple) {
    if (values[name]) values[name].push(stored);
    else values[name] = [stored];
  } else {
    values[name] = stored;
  }
}

function validateOptions(options) {
  for (const name of Object.keys(options)) {
    const config = options[name];
    validateObject(config, `options.${name}`);
    const type = ownOf(config, 'type');
    if (type !== 'string' && type !== 'boolean') {
      throw new ERR_INVALID_ARG_TYPE(`options.${name}.type`, "('string|boolean')", type);
    }
    if (Object.hasOwn(config, 'short')) {
      const { short } = config;
      validateString(short, `options.${name}.short`);
      if (short.length !== 1) {
        throw new ERR_INVALID_ARG_VALUE(`options.${name}.short`, short, 'must be a single character');
      }
    }
    const multiple = ownOf(config, 'multiple');
    if (Object.hasOwn(config, 'multiple')) validateBoolean(multiple, `options.${name}.multiple`);
    const otherwise = ownOf(config, 'default');
    if (otherwise === undefined) continue;
    const where = `options.${name}.default`;
    if (type === 'string') (multiple ? validateStringArray : validateString)(otherwise, where);
    else (multiple ? validateBooleanArray : validateBoolean)(otherwise, where);
  }
}

function parseArgs(config = { __proto__: null }) {
  const args = ownOf(config, 'args') ?? mainArgs();
  const strict = ownOf(config, 'strict') ?? true;
  const allowPositionals = ownOf(config, 'allowPositionals') ?? !strict;
  const returnTokens = ownOf(config, 'tokens') ?? false;
  const allowNegative = ownOf(config, 'allowNegative') ?? false;
  const options = ownOf(config, 'options') ?? { __proto__: null };

  validateArray(args, 'args');
  validateBoolean(strict, 'strict');
  validateBoolean(allowPositionals, 'allowPositionals');
  validateBoolean(returnTokens, 'tokens');
  validateBoolean(allowNegative, 'allowNegative');
  validateObject(options, 'options');
  validateOptions(options);

  const tokens = tokenize(args, options);
  const values = { __proto__: null };
  const positionals = [];
  for (const token of tokens) {
    if (token.kind === 'option') {
      if (allowNegative && token.value === undefined && token.name.startsWith('no-')) {
        const name = token.name.slice(3);
        if (typeOf(name, options) === 'boolean' || !strict) {
          if (!Object.hasOwn(options, token.name)) token.name = name;
          token.isNegated = token.name === name;
        }
      }
      if (strict) {
        checkUsage(token, { allowPositionals, options });
        checkValue(token);
      }
      const { isNegated } = token;
      delete token.isNegated;
      store(token.name, isNegated ? false : token.value, options, values);
    } else if (token.kind === 'positional') {
      if (!allowPositionals) throw new ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL(token.value);
      positionals.push(token.value);
    }
  }
  for (const name of Object.keys(options)) {
    const otherwise = ownOf(options[name], 'default');
    if (otherwise !== undefined && values[name] === undefined) values[name] = otherwise;
  }
  const result = { values, positionals };
  if (returnTokens) result.tokens = tokens;
  return result;
}

module.exports = { parseArgs };
