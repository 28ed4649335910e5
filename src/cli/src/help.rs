//! The help texts.

use crate::args::Topic;

/// The text for `topic`, ending with a newline.
pub fn text(topic: Topic) -> &'static str {
    match topic {
        Topic::Program => PROGRAM,
        Topic::Tokens => TOKENS,
        Topic::Ast => AST,
        Topic::Scopes => SCOPES,
        Topic::Check => CHECK,
        Topic::Bytecode => BYTECODE,
        Topic::Trace => TRACE,
    }
}

const PROGRAM: &str = "\
Axil, a small Node.js.

It runs the programs of Node.js, and shows how: their tokens, syntax trees, scopes and
instructions. What is not built yet says so when it is used.

Usage: axil [OPTIONS] FILE [ARGUMENTS]
       axil COMMAND [OPTIONS] FILE

Commands:
  tokens FILE     the tokens, a line each
  ast FILE        the syntax tree: indented, as ESTree JSON, as S-expressions
  scopes FILE     what is declared where, and what closures capture
  check FILE...   syntax errors, for any number of files
  bytecode FILE   the instructions of each function
  trace FILE      runs FILE and tells of each instruction
  help COMMAND    more on one command

Options:
  -e, --eval CODE    run CODE
  -p, --print CODE   run CODE and print its value
  --test [FILE...]   run the tests of FILEs, or of all files that are named so
  --gc-stats         tell at the end what the collector has done
  --max-old-space-size=MB
                     the limit of the heap; past it the program is ended
  --test262 FILE...  run FILEs as scripts in one realm with print and $262, the
                     last one as a module with --module
  -h, --help         this text
  -v, --version      the version

Environment:
  NODE_DEBUG=SECTIONS
                     what modules tell of their work: http, net, or sections of
                     packages that use util.debuglog
  AXIL_LOG=SECTIONS  what native code tells: all, http, net, each with a level as
                     in http=trace (error, info, trace; info where none is given)

FILE may be - for standard input. NO_COLOR and FORCE_COLOR settle whether
diagnostics are coloured where the terminal does not.
";

const TOKENS: &str = "\
Prints the tokens of a file, a line each: where, what, and the text.

Usage: axil tokens [--module | --script] FILE

Options:
  --module    parse as an ECMAScript module
  --script    parse as a script

Without either, the file decides as in Node.js: .mjs is a module, .cjs is
CommonJS, and for .js the nearest package.json's \"type\"; where that says
nothing, CommonJS if it parses as such, else a module.
";

const AST: &str = "\
Prints the syntax tree of a file.

Usage: axil ast [OPTIONS] FILE

Options:
  --format tree     indented, a line a node (the default)
  --format estree   ESTree as JSON, in acorn's order
  --format sexpr    S-expressions
  --loc             ESTree: lines and columns in every node
  --range           ESTree: [start, end] in every node
  --compact         ESTree: all on one line
  --module          parse as an ECMAScript module
  --script          parse as a script

Without --module or --script the file decides; see `axil help tokens`.
";

const SCOPES: &str = "\
Prints the scopes of a file: what is declared where, what closures capture,
what needs a check for use before its declaration, what is looked up by name.

Usage: axil scopes [--module | --script] FILE

Without --module or --script the file decides; see `axil help tokens`.
";

const CHECK: &str = "\
Reports syntax errors, and exits with 1 if there are any.

Usage: axil check [--module | --script] FILE...

Goes through all files, whatever is wrong with one of them. Without --module
or --script each file decides; see `axil help tokens`.
";

const BYTECODE: &str = "\
Prints what a file is compiled to: the instructions of each function, with the
registers they read and write, and where exceptions go.

Usage: axil bytecode [--script] FILE

Only scripts are compiled so far, and not all of the language; what is missing
is named with its place. Without --script the file decides; see
`axil help tokens`.
";

const TRACE: &str = "\
Runs a program and prints each instruction when it is executed: what it reads,
what it has written, and what it does. The lines of a function are shown where
they are reached.

Usage: axil trace [OPTIONS] FILE [ARGUMENTS]

Options:
  --function NAME   tell of functions of this name only
  --limit N         tell of N instructions at most (10000)
";
