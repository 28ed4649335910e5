//! What the arguments ask for.

use std::ffi::OsString;
use std::path::PathBuf;

use lexopt::prelude::*;

use crate::goal::GoalChoice;
use crate::input::Input;

/// One invocation.
#[derive(Debug, PartialEq)]
pub enum Request {
    /// `--help`, `help [COMMAND]`
    Help(Topic),
    /// `--version`
    Version,
    /// `tokens FILE`
    Tokens(FileRequest),
    /// `ast FILE`
    Ast(AstRequest),
    /// `scopes FILE`
    Scopes(FileRequest),
    /// `check FILE…`
    Check(CheckRequest),
    /// `bytecode FILE`
    Bytecode(FileRequest),
    /// `FILE`, `-e CODE`, `-`, or nothing: run a program.
    Run(RunRequest),
    /// `--test262 FILE…`
    Test262(Test262Request),
    /// `--test262-worker`
    Test262Worker,
}

/// A program to run.
#[derive(Debug, PartialEq)]
pub struct RunRequest {
    /// Where it is.
    pub program: ProgramText,
    /// Whether its value is to be printed.
    pub print: bool,
    /// What is to be told of the instructions that are executed.
    pub trace: Option<TraceChoice>,
    /// `--gc-stats`: whether to tell at the end what the collector has done.
    pub gc_stats: bool,
    /// `--max-old-space-size`: the limit of the heap, in bytes.
    pub heap_limit: Option<usize>,
    /// What it is given: the words after it.
    pub arguments: Vec<OsString>,
}

/// What `axil trace` tells of.
#[derive(Clone, Debug, PartialEq)]
pub struct TraceChoice {
    /// `--function`: functions of this name only.
    pub function: Option<String>,
    /// `--limit`: so many instructions.
    pub limit: u64,
}

/// How many instructions `axil trace` tells of unless it is told otherwise.
const TRACE_LIMIT: u64 = 10_000;

/// Where the text of a program is.
#[derive(Debug, PartialEq)]
pub enum ProgramText {
    /// A file.
    File(PathBuf),
    /// `-e CODE`, `-p CODE`
    Code(String),
    /// `-`
    Stdin,
    /// Nothing is said: standard input, or the interactive prompt where that is a
    /// terminal.
    Nowhere,
}

/// `axil --test262` with its files.
#[derive(Debug, PartialEq)]
pub struct Test262Request {
    /// Whether the last file is a module.
    pub module: bool,
    /// The files, run in order in one realm.
    pub files: Vec<PathBuf>,
}

/// What help is wanted on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Topic {
    /// The program.
    Program,
    /// `axil tokens`
    Tokens,
    /// `axil ast`
    Ast,
    /// `axil scopes`
    Scopes,
    /// `axil check`
    Check,
    /// `axil bytecode`
    Bytecode,
    /// `axil trace`
    Trace,
}

/// A command on one source text.
#[derive(Debug, PartialEq)]
pub struct FileRequest {
    /// Where the text is.
    pub input: Input,
    /// What to parse it as.
    pub goal: GoalChoice,
}

/// `axil ast` with its options.
#[derive(Debug, PartialEq)]
pub struct AstRequest {
    /// The source text.
    pub file: FileRequest,
    /// The form to print.
    pub format: AstFormat,
    /// ESTree: `loc` in every node.
    pub loc: bool,
    /// ESTree: `range` in every node.
    pub range: bool,
    /// ESTree: all on one line.
    pub compact: bool,
}

/// The forms in which a tree can be printed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum AstFormat {
    /// Indented, a line a node.
    Tree,
    /// ESTree as JSON, as acorn would give it.
    Estree,
    /// S-expressions.
    Sexpr,
}

/// `axil check` with its files.
#[derive(Debug, PartialEq)]
pub struct CheckRequest {
    /// The source texts, at least one.
    pub inputs: Vec<Input>,
    /// What to parse them as.
    pub goal: GoalChoice,
}

/// Reads the arguments.
pub fn parse(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let (mut code, mut print, mut gc_stats, mut heap_limit) = (None, false, false, None);
    // Options end where the program is named: what follows is the program's.
    let program = loop {
        match parser.next()? {
            Some(Short('h') | Long("help")) => return Ok(Request::Help(Topic::Program)),
            Some(Short('v') | Long("version")) => return Ok(Request::Version),
            Some(Long("test262")) => return parse_test262(parser),
            Some(Long("test262-worker")) => return Ok(Request::Test262Worker),
            Some(Long("gc-stats")) => gc_stats = true,
            // V8 takes its options with either mark between the words.
            Some(Long("max-old-space-size" | "max_old_space_size")) => {
                let megabytes: usize = parser.value()?.parse()?;
                heap_limit = Some(megabytes.saturating_mul(1 << 20));
            }
            Some(Short('e') | Long("eval")) => code = Some(parser.value()?),
            Some(Short('p') | Long("print")) => print = true,
            // `-p CODE` is `-p -e CODE`.
            Some(Value(word)) if print && code.is_none() => code = Some(word),
            Some(Value(word)) if code.is_none() && !print => match word.to_str() {
                Some("help") => return parse_help(parser),
                Some("trace") => return parse_trace(parser),
                Some("-") => break ProgramText::Stdin,
                Some(name) if Topic::of_command(name).is_some() => {
                    let topic = Topic::of_command(name).unwrap_or(Topic::Program);
                    return Options::read(parser, topic)?.into_request(topic);
                }
                _ => break ProgramText::File(word.into()),
            },
            // What follows code is the code's.
            first @ (Some(Value(_)) | None) => {
                let program = match code {
                    Some(code) => ProgramText::Code(code.string()?),
                    None => ProgramText::Nowhere,
                };
                let first = first.and_then(|first| match first {
                    Value(word) => Some(word),
                    _ => None,
                });
                let arguments = first.into_iter().chain(parser.raw_args()?).collect();
                let trace = None;
                let request = RunRequest { program, print, trace, gc_stats, heap_limit, arguments };
                return Ok(Request::Run(request));
            }
            Some(other) => return Err(other.unexpected()),
        }
    };
    let arguments = parser.raw_args()?.collect();
    let trace = None;
    Ok(Request::Run(RunRequest { program, print, trace, gc_stats, heap_limit, arguments }))
}

/// `axil trace`
fn parse_trace(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let mut trace = TraceChoice { function: None, limit: TRACE_LIMIT };
    while let Some(argument) = parser.next()? {
        match argument {
            Short('h') | Long("help") => return Ok(Request::Help(Topic::Trace)),
            Long("function") => trace.function = Some(parser.value()?.string()?),
            Long("limit") => trace.limit = parser.value()?.parse()?,
            Value(word) => {
                let program =
                    if word == "-" { ProgramText::Stdin } else { ProgramText::File(word.into()) };
                let arguments = parser.raw_args()?.collect();
                let (print, trace, gc_stats, heap_limit) = (false, Some(trace), false, None);
                let request = RunRequest { program, print, trace, gc_stats, heap_limit, arguments };
                return Ok(Request::Run(request));
            }
            other => return Err(other.unexpected()),
        }
    }
    Err(missing_file(Topic::Trace))
}

fn parse_test262(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let mut request = Test262Request { module: false, files: Vec::new() };
    while let Some(argument) = parser.next()? {
        match argument {
            Long("module") => request.module = true,
            Value(path) => request.files.push(path.into()),
            other => return Err(other.unexpected()),
        }
    }
    if request.files.is_empty() {
        return Err("--test262 wants a file".into());
    }
    Ok(Request::Test262(request))
}

fn parse_help(mut parser: lexopt::Parser) -> Result<Request, lexopt::Error> {
    let topic = match parser.next()? {
        None => Topic::Program,
        Some(Value(word)) => word
            .to_str()
            .and_then(Topic::of_command)
            .ok_or_else(|| format!("there is no command '{}'", word.display()))?,
        Some(other) => return Err(other.unexpected()),
    };
    match parser.next()? {
        None => Ok(Request::Help(topic)),
        Some(other) => Err(other.unexpected()),
    }
}

impl Topic {
    fn of_command(name: &str) -> Option<Self> {
        Some(match name {
            "tokens" => Self::Tokens,
            "ast" => Self::Ast,
            "scopes" => Self::Scopes,
            "check" => Self::Check,
            "bytecode" => Self::Bytecode,
            "trace" => Self::Trace,
            _ => return None,
        })
    }

    fn command(self) -> &'static str {
        match self {
            Self::Program => "axil",
            Self::Tokens => "tokens",
            Self::Ast => "ast",
            Self::Scopes => "scopes",
            Self::Check => "check",
            Self::Bytecode => "bytecode",
            Self::Trace => "trace",
        }
    }
}

/// The options of all commands, before it is settled whether they go together.
#[derive(Default)]
struct Options {
    help: bool,
    inputs: Vec<Input>,
    goal: GoalChoice,
    format: Option<AstFormat>,
    loc: bool,
    range: bool,
    compact: bool,
}

impl Options {
    fn read(mut parser: lexopt::Parser, topic: Topic) -> Result<Self, lexopt::Error> {
        let mut options = Self::default();
        while let Some(argument) = parser.next()? {
            match argument {
                Short('h') | Long("help") => options.help = true,
                Long("module") => options.choose(GoalChoice::Module)?,
                Long("script") => options.choose(GoalChoice::Script)?,
                Long("format") if topic == Topic::Ast => {
                    options.format = Some(format(&parser.value()?)?);
                }
                Long("loc") if topic == Topic::Ast => options.loc = true,
                Long("range") if topic == Topic::Ast => options.range = true,
                Long("compact") if topic == Topic::Ast => options.compact = true,
                Value(path) => options.inputs.push(Input::from_argument(path)),
                other => return Err(other.unexpected()),
            }
        }
        Ok(options)
    }

    fn choose(&mut self, goal: GoalChoice) -> Result<(), lexopt::Error> {
        if self.goal != GoalChoice::ByFile && self.goal != goal {
            return Err("--module and --script exclude each other".into());
        }
        self.goal = goal;
        Ok(())
    }

    fn into_request(self, topic: Topic) -> Result<Request, lexopt::Error> {
        if self.help {
            return Ok(Request::Help(topic));
        }
        if topic == Topic::Check {
            if self.inputs.is_empty() {
                return Err(missing_file(topic));
            }
            return Ok(Request::Check(CheckRequest { inputs: self.inputs, goal: self.goal }));
        }
        let mut inputs = self.inputs.into_iter();
        let input = inputs.next().ok_or_else(|| missing_file(topic))?;
        if let Some(extra) = inputs.next() {
            let command = topic.command();
            return Err(format!("'{command}' takes one file, and '{extra}' is a second").into());
        }
        let file = FileRequest { input, goal: self.goal };
        Ok(match topic {
            Topic::Tokens => Request::Tokens(file),
            Topic::Scopes => Request::Scopes(file),
            Topic::Bytecode => Request::Bytecode(file),
            _ => {
                let format = self.format.unwrap_or(AstFormat::Tree);
                if format != AstFormat::Estree && (self.loc || self.range || self.compact) {
                    return Err("--loc, --range and --compact go with --format estree".into());
                }
                let (loc, range, compact) = (self.loc, self.range, self.compact);
                Request::Ast(AstRequest { file, format, loc, range, compact })
            }
        })
    }
}

fn missing_file(topic: Topic) -> lexopt::Error {
    format!("'{}' wants a file, or - for standard input", topic.command()).into()
}

fn format(value: &OsString) -> Result<AstFormat, lexopt::Error> {
    value.parse_with(|name| match name {
        "tree" => Ok(AstFormat::Tree),
        "estree" => Ok(AstFormat::Estree),
        "sexpr" => Ok(AstFormat::Sexpr),
        _ => Err("the formats are tree, estree and sexpr"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arguments: &[&str], expected: &Request) {
        let parsed = parse(lexopt::Parser::from_args(arguments)).expect("valid arguments");
        assert_eq!(&parsed, expected);
    }

    fn check_refused(arguments: &[&str], message: &str) {
        let error = parse(lexopt::Parser::from_args(arguments)).expect_err("invalid arguments");
        assert_eq!(error.to_string(), message);
    }

    fn file(path: &str, goal: GoalChoice) -> FileRequest {
        FileRequest { input: Input::from_argument(path.into()), goal }
    }

    #[test]
    fn commands() {
        check(&["tokens", "a.js"], &Request::Tokens(file("a.js", GoalChoice::ByFile)));
        check(&["scopes", "--module", "-"], &Request::Scopes(file("-", GoalChoice::Module)));
        check(&["help", "ast"], &Request::Help(Topic::Ast));
        check(&["ast", "--help"], &Request::Help(Topic::Ast));
    }

    fn check_run(arguments: &[&str], program: ProgramText, print: bool, rest: &[&str]) {
        let arguments_of_program = rest.iter().map(OsString::from).collect();
        let request = RunRequest {
            program,
            print,
            trace: None,
            gc_stats: false,
            heap_limit: None,
            arguments: arguments_of_program,
        };
        check(arguments, &Request::Run(request));
    }

    #[test]
    fn programs() {
        let code = || ProgramText::Code("1".to_owned());
        check_run(&["a.js", "--module"], ProgramText::File("a.js".into()), false, &["--module"]);
        check_run(&["-", "-h"], ProgramText::Stdin, false, &["-h"]);
        check_run(&[], ProgramText::Nowhere, false, &[]);
        check_run(&["-e", "1", "a", "-e"], code(), false, &["a", "-e"]);
        check_run(&["-p", "1"], code(), true, &[]);
        check_run(&["-pe", "1", "b"], code(), true, &["b"]);
        check_run(&["--print", "--eval=1"], code(), true, &[]);
    }

    #[test]
    fn traces() {
        let request = |function: Option<&str>, limit| {
            Request::Run(RunRequest {
                program: ProgramText::File("a.js".into()),
                print: false,
                trace: Some(TraceChoice { function: function.map(str::to_owned), limit }),
                gc_stats: false,
                heap_limit: None,
                arguments: vec!["--limit".into()],
            })
        };
        check(&["trace", "a.js", "--limit"], &request(None, TRACE_LIMIT));
        check(
            &["trace", "--limit", "5", "--function=f", "a.js", "--limit"],
            &request(Some("f"), 5),
        );
        check_refused(&["trace"], "'trace' wants a file, or - for standard input");
    }

    #[test]
    fn test262() {
        let files = vec!["a.js".into(), "b.js".into()];
        let request = Test262Request { module: true, files };
        check(&["--test262", "a.js", "--module", "b.js"], &Request::Test262(request));
        check_refused(&["--test262"], "--test262 wants a file");
    }

    #[test]
    fn ast_options() {
        let file = file("a.js", GoalChoice::Script);
        let format = AstFormat::Estree;
        check(
            &["ast", "--script", "--format=estree", "--loc", "a.js", "--compact"],
            &Request::Ast(AstRequest { file, format, loc: true, range: false, compact: true }),
        );
    }

    #[test]
    fn refusals() {
        check_refused(&["ast"], "'ast' wants a file, or - for standard input");
        check_refused(&["tokens", "a", "b"], "'tokens' takes one file, and 'b' is a second");
        check_refused(&["check", "--format", "tree"], "invalid option '--format'");
        check_refused(
            &["ast", "--module", "--script", "a"],
            "--module and --script exclude each other",
        );
        check_refused(
            &["ast", "--loc", "a"],
            "--loc, --range and --compact go with --format estree",
        );
        check_refused(&["help", "cook"], "there is no command 'cook'");
    }
}
