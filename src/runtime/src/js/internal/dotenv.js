'use strict';

// Files of environment variables: https://nodejs.org/api/environment_variables.html#dotenv

const QUOTES = `'"\``;

/** The variables that a text sets. */
function parse(text) {
  const variables = {};
  const content = text.replace(/\r\n?/g, '\n');
  let at = 0;
  while (at < content.length) {
    let end = content.indexOf('\n', at);
    if (end < 0) end = content.length;
    const line = content.slice(at, end);
    const trimmed = line.trimStart();
    const equals = line.indexOf('=');
    if (trimmed === '' || trimmed[0] === '#' || equals < 0) {
      at = end + 1;
      continue;
    }
    let name = line.slice(0, equals).trim();
    if (name.startsWith('export ')) name = name.slice('export '.length).trim();
    const from = at + equals + 1;
    if (name === '') {
      at = end + 1;
      continue;
    }
    const [value, next] = readValue(content, from, end);
    variables[name] = value;
    at = next;
  }
  return variables;
}

/** The value that begins at a place, and where the next line does. */
function readValue(content, from, end) {
  const start = from + /^[^\S\n]*/.exec(content.slice(from, end))[0].length;
  const quote = content[start];
  if (start < end && QUOTES.includes(quote)) {
    const close = content.indexOf(quote, start + 1);
    if (close > 0) {
      let value = content.slice(start + 1, close);
      if (quote === '"') value = value.replaceAll('\\n', '\n');
      let next = content.indexOf('\n', close + 1);
      if (next < 0) next = content.length;
      return [value, next + 1];
    }
    // Quotes that do not end are part of the value, which ends with the line.
    const comment = content.slice(start, end).indexOf('#');
    const stop = comment > 0 ? start + comment : end;
    return [content.slice(start, stop).trim(), end + 1];
  }
  let value = content.slice(start, end);
  const comment = value.indexOf('#');
  if (comment >= 0) value = value.slice(0, comment);
  return [value.trim(), end + 1];
}

/** Sets those variables that the environment does not have. */
function load(path, environment) {
  const { readText } = native('modules');
  const variables = parse(readText(path));
  for (const name of Object.keys(variables)) {
    if (environment[name] === undefined) environment[name] = variables[name];
  }
}

module.exports = { load, parse };
