'use strict';

// commander, chalk and dotenv: what a program says on the command line.

const path = require('node:path');
const { spawnSync } = require('node:child_process');
const { Command, Option, Argument, CommanderError, InvalidArgumentError, program } = require('commander');
const chalk = require('chalk').default;
const { Chalk, chalkStderr, supportsColor } = require('chalk');
const dotenv = require('dotenv');
const { folder, without } = require('./support/files');

console.log(typeof spawnSync, program instanceof Command);

function tool() {
  const said = [];
  const command = new Command('tool');
  command.exitOverride().configureOutput({ writeOut: (text) => said.push(text), writeErr: (text) => said.push(`! ${text}`), getOutHelpWidth: () => 80 });
  command.description('does what it is told').version('1.2.3', '-V, --version', 'say the version')
    .option('-d, --debug', 'be loud', false).option('-p, --port <number>', 'listen there', (value) => { const port = Number(value); if (Number.isNaN(port)) throw new InvalidArgumentError('Not a number.'); return port; }, 3000)
    .option('-l, --list <items...>', 'several').option('--no-color', 'be grey').option('-o, --optional [value]', 'with or without').option('-c, --collect <value>', 'again and again', (value, all) => all.concat(value), [])
    .addOption(new Option('-s, --size <size>', 'how large').choices(['small', 'large']).default('small', 'the small one')).addOption(new Option('--secret', 'hidden').hideHelp()).addOption(new Option('-e, --env <value>', 'from there').env('TOOL_ENV'))
    .addOption(new Option('--one').conflicts('two')).addOption(new Option('--two').implies({ three: 'implied' })).requiredOption('-r, --required <value>', 'has to be');
  command.command('serve <root> [others...]').alias('s').description('serve a folder').option('-q, --quiet').action((root, others, options, self) => said.push(JSON.stringify([root, others, options, self.optsWithGlobals()])));
  command.command('math').addArgument(new Argument('<operation>').choices(['add', 'sub'])).argument('[numbers...]', 'numbers', (value, all) => (all ?? []).concat(Number(value))).action((operation, numbers) => said.push(`${operation} ${numbers}`));
  command.command('later').action(async () => { await null; said.push('later'); });
  command.command('hidden', { hidden: true }).action(() => {});
  command.addHelpText('after', '\nExamples:\n  $ tool serve .');
  command.hook('preAction', (self, action) => said.push(`before ${action.name()}`));
  return { command, said };
}

async function withCommander() {
  process.env.TOOL_ENV = 'environment';
  for (const line of ['-r x serve . a b -q', '-r x s /', '--help', 'serve --help', 'help math', '--version', '-r x', '-r x -d -p 80 math add 1 2', '-r x -p eighty math add', '-r x math mul', '-r x serve', 'serve .', '-r x --size huge serve .', '-r x --one --two serve .', '-r x --two serve .',
    '-r x --list a b c -- serve .', '-r x -ofile serve .', '-r x -o serve .', '-r x --no-color -c 1 -c 2 serve .', '-r x --debgu serve .', '-r x serev .', '-r x -dp90 serve .', '-r=x later', '--required=y later', '-r', 'hidden extra -r x']) {
    const { command, said } = tool();
    try {
      await command.parseAsync(line.split(' '), { from: 'user' });
    } catch (error) {
      said.push(error instanceof CommanderError ? `${error.code} ${error.exitCode} ${error.message}` : String(error.stack));
    }
    console.log(`$ tool ${line}\n${said.join('\n')}\n${JSON.stringify(command.opts())} ${command.args}`);
  }
  const plain = new Command().allowUnknownOption().argument('<a>').argument('[b]', 'second', 'B').action((a, b, options, self) => console.log(a, b, options, self.args));
  plain.parse(['node', 'script', 'x', '--what']);
}

function withChalk() {
  const { stdout: before } = { stdout: supportsColor };
  console.log(before, chalk.level, chalkStderr.level, chalk.red('no colours here'));
  for (const level of [0, 1, 2, 3]) {
    const c = new Chalk({ level });
    console.log(level, [c.blue('blue'), c.red.bold.underline('styled'), c.bgGreen.black(' on green '), c.hex('#ff8800')('orange'), c.rgb(1, 2, 3)('rgb'), c.bgAnsi256(194)('256'), c.red(`a ${c.green('b')} a`), c.bold('line\nbreak'), c.visible('v'), c.dim.italic.inverse.strikethrough('all'), c.redBright.bgWhiteBright('bright'), c.gray('gray'), c.red(1, null, 'x'), c.red(''), c.hidden('h'), c.overline('o')].map((text) => JSON.stringify(text)).join(' '));
  }
  try { new Chalk({ level: 10 }); } catch (error) { console.log(error.name, error.message); }
}

function withDotenv() {
  const root = folder({
    '.env': '# comment\nBASIC=basic\nexport EXPORTED=yes\nEMPTY=\nSPACES=  padded  \nSINGLE=\'single $BASIC\\n\'\nDOUBLE="double\\nnew"\nMULTI="line one\nline two"\nHASH=a#b\nHASH2="a # b" # comment\nEQUALS=a=b=c\nBACKTICK=`it\'s "x"`\nYAML: yaml\nUNDEF\n  INDENTED=in\nJSON={"a": 1}\nBASIC=again\nPRESENT=from file\n',
    '.env.local': 'BASIC=local\nLOCAL=1\r\nCR="a\rb"\n',
  });
  process.env.PRESENT = 'already';
  console.log(dotenv.parse(Buffer.from('A=1\nB="2"\n')));
  const first = dotenv.config({ path: path.join(root, '.env'), quiet: true });
  console.log(first.parsed, process.env.BASIC, process.env.PRESENT);
  console.log(dotenv.config({ path: [path.join(root, '.env.local'), path.join(root, '.env')], override: true, quiet: true }).parsed, process.env.PRESENT);
  const missing = dotenv.config({ path: path.join(root, 'absent'), quiet: true });
  console.log(missing.error && without(root, missing.error.message), missing.error?.code);
  const target = {};
  dotenv.populate(target, { A: '1', B: '2' }, { override: false });
  console.log(target);
}

withCommander().then(withChalk).then(withDotenv).catch((error) => { console.error(error); process.exitCode = 1; });
