'use strict';

// The reporter that says as little as can be: a dot for what passes, an X for what does not.

const { colors, indentation, SIGNS } = require('internal/test_runner/reporters/colors');

async function* dotReporter(source) {
  let count = 0;
  let columns = widthOf();
  const failed = [];
  for await (const { type, data } of source) {
    if (type === 'test:pass') yield `${colors().green}.${colors().white}`;
    if (type === 'test:fail') {
      yield `${colors().red}X${colors().white}`;
      failed.push(data);
    }
    if ((type === 'test:fail' || type === 'test:pass') && ++count === columns) {
      yield '\n';
      columns = widthOf();
      count = 0;
    }
  }
  yield '\n';
  if (failed.length > 0) {
    yield `\n${colors().red}Failed tests:${colors().white}\n\n`;
    for (const data of failed) yield formatFailed(data);
  }
}

function widthOf() {
  return Math.max(process.stdout.columns ?? 20, 20);
}

function formatFailed(data) {
  const { gray, red, white } = colors();
  const { inspect } = require('internal/inspect');
  const { error, duration_ms: duration } = data.details;
  const shown = error?.code === 'ERR_TEST_FAILURE' ? error.cause : error;
  const text = inspect(shown, { colors: colors().hasColors, breakLength: Infinity });
  return `${red}${SIGNS['test:fail']}${white}${data.name} ${gray}(${duration}ms)${white}\n` +
    `${indentation(1)}${text.split('\n').join(`\n${indentation(1)}`)}\n`;
}

module.exports = dotReporter;
