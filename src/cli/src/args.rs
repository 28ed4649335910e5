//! What the arguments ask for.

use std::ffi::OsString;
use std::path::PathBuf;

use axil_runtime::options::{Options, Place, Refusal};
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
    /// What the options mean.
    pub settings: Options,
    /// The options as they stand before the program.
    pub options: Vec<String>,
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

/// What is known of a run before it is known what is run.
#[derive(Default)]
struct Run {
    code: Option<String>,
    print: bool,
    check: bool,
    gc_stats: bool,
    settings: Options,
    options: Vec<String>,
}

impl Run {
    fn of(self, program: ProgramText, arguments: Vec<OsString>) -> Request {
        if self.check
            && let ProgramText::File(path) = program
        {
            let inputs = vec![Input::File(path)];
            return Request::Check(CheckRequest { inputs, goal: GoalChoice::ByFile });
        }
        let megabytes = self.settings.number("max-old-space-size").filter(|it| *it > 0);
        Request::Run(RunRequest {
            program,
            print: self.print,
            trace: None,
            gc_stats: self.gc_stats,
            heap_limit: megabytes.map(|it| (it as usize).saturating_mul(1 << 20)),
            arguments,
            settings: self.settings,
            options: self.options,
        })
    }
}

/// Reads the arguments, and what `NODE_OPTIONS` says before them.
///
/// # Errors
/// A message for people.
pub fn parse(
    words: impl IntoIterator<Item = OsString>,
    environment: Option<&str>,
) -> Result<Request, String> {
    let mut run = Run::default();
    if let Some(text) = environment {
        take_environment(&mut run.settings, text).map_err(|refusal| refusal.0)?;
    }
    let mut words = words.into_iter().peekable();
    // Options end where the program is named: what follows is the program's.
    while let Some(word) = words.next() {
        let Some(text) = word.to_str().filter(|text| text.starts_with('-') && *text != "-") else {
            return program(run, word, words);
        };
        let text = text.to_owned();
        let (name, value) = match text.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name, Some(value.to_owned())),
            _ => (&*text, None),
        };
        // An option's value is the next word, unless that is an option.
        let mut next = || {
            let is_value = |word: &OsString| !word.to_string_lossy().starts_with('-');
            words.next_if(is_value).map(|word| word.to_string_lossy().into_owned())
        };
        let wants = || format!("{name} requires an argument");
        let mut taken = vec![text.clone()];
        match name {
            "-h" | "--help" => return Ok(Request::Help(Topic::Program)),
            "-v" | "--version" => return Ok(Request::Version),
            "--test262" => return named(parse_test262(parser(words))),
            "--test262-worker" => return Ok(Request::Test262Worker),
            "--gc-stats" => run.gc_stats = true,
            "-c" | "--check" => run.check = true,
            "-e" | "--eval" | "-pe" => {
                run.print |= name == "-pe";
                let code = value.or_else(&mut next).ok_or_else(wants)?;
                taken.push(code.clone());
                run.code = Some(code);
            }
            // `-p CODE` is `-p -e CODE`.
            "-p" | "--print" => {
                run.print = true;
                if let Some(code) = value.or_else(&mut next) {
                    taken.push(code.clone());
                    run.code = Some(code);
                }
            }
            "--" => {
                let program = words.next();
                return match program {
                    Some(word) if run.code.is_none() => {
                        Ok(run.of(ProgramText::File(word.into()), words.collect()))
                    }
                    first => Ok(nowhere(run, first.into_iter().chain(words).collect())),
                };
            }
            "-i" => return Err("-i is not implemented in Axil yet".to_owned()),
            _ => {
                let mut next = || next().inspect(|word| taken.push(word.clone()));
                let outcome = run.settings.take(&text, Place::Arguments, &mut next);
                outcome.map_err(|refusal| refusal.0)?;
            }
        }
        run.options.extend(taken);
    }
    Ok(nowhere(run, Vec::new()))
}

fn take_environment(settings: &mut Options, text: &str) -> Result<(), Refusal> {
    let mut words = axil_runtime::options::split(text)?.into_iter();
    while let Some(word) = words.next() {
        if !word.starts_with('-') {
            return Err(Refusal(format!("{word} is not allowed in NODE_OPTIONS")));
        }
        settings.take(&word, Place::Anywhere, || words.next())?;
    }
    Ok(())
}

/// A run of code, or of what comes by standard input.
fn nowhere(mut run: Run, arguments: Vec<OsString>) -> Request {
    let program = run.code.take().map_or(ProgramText::Nowhere, ProgramText::Code);
    run.of(program, arguments)
}

/// The first word that is no option: a command, a file, or an argument of the code.
fn program(
    run: Run,
    word: OsString,
    rest: impl Iterator<Item = OsString>,
) -> Result<Request, String> {
    if run.code.is_some() {
        return Ok(nowhere(run, std::iter::once(word).chain(rest).collect()));
    }
    let is_plain = run.options.is_empty();
    match word.to_str() {
        Some("help") if is_plain => named(parse_help(parser(rest))),
        Some("trace") if is_plain => named(parse_trace(parser(rest))),
        Some("-") => Ok(run.of(ProgramText::Stdin, rest.collect())),
        Some(name) if is_plain && Topic::of_command(name).is_some() => {
            let topic = Topic::of_command(name).unwrap_or(Topic::Program);
            named(CommandOptions::read(parser(rest), topic).and_then(|it| it.into_request(topic)))
        }
        _ => Ok(run.of(ProgramText::File(word.into()), rest.collect())),
    }
}

fn parser(words: impl Iterator<Item = OsString>) -> lexopt::Parser {
    lexopt::Parser::from_args(words.collect::<Vec<_>>())
}

/// A command's own errors say where more is to be read.
fn named(result: Result<Request, lexopt::Error>) -> Result<Request, String> {
    result.map_err(|error| format!("{error}\nSee `axil --help`."))
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
                return Ok(Request::Run(RunRequest {
                    program,
                    print: false,
                    trace: Some(trace),
                    gc_stats: false,
                    heap_limit: None,
                    arguments,
                    settings: Options::default(),
                    options: Vec::new(),
                }));
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
struct CommandOptions {
    help: bool,
    inputs: Vec<Input>,
    goal: GoalChoice,
    format: Option<AstFormat>,
    loc: bool,
    range: bool,
    compact: bool,
}

impl CommandOptions {
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
        let words = arguments.iter().map(OsString::from);
        assert_eq!(&parse(words, None).expect("valid arguments"), expected);
    }

    fn check_refused(arguments: &[&str], message: &str) {
        let words = arguments.iter().map(OsString::from);
        let error = parse(words, None).expect_err("invalid arguments");
        assert_eq!(error.trim_end_matches("\nSee `axil --help`."), message);
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
        let before = arguments.len() - rest.len();
        let is_file = matches!(program, ProgramText::File(_) | ProgramText::Stdin);
        let options = &arguments[..before - usize::from(is_file)];
        let request = RunRequest {
            program,
            print,
            trace: None,
            gc_stats: false,
            heap_limit: None,
            arguments: rest.iter().map(OsString::from).collect(),
            settings: Options::default(),
            options: options.iter().map(|word| (*word).to_owned()).collect(),
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
        check_run(&["-p", "-e", "1"], code(), true, &[]);
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
                settings: Options::default(),
                options: Vec::new(),
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
    fn options_of_nodes() {
        let words = ["--no-warnings", "-r", "a", "b.js", "-r"].map(OsString::from);
        let Ok(Request::Run(run)) = parse(words, Some("--title=t")) else { panic!("it is a run") };
        assert_eq!(run.options, ["--no-warnings", "-r", "a"]);
        assert_eq!(run.settings.list("require"), ["a"]);
        assert_eq!(run.settings.text("title"), Some("t"));
        assert_eq!(run.arguments, ["-r"]);
        check_refused(&["--frobnicate"], "bad option: --frobnicate");
        check_refused(&["--eval"], "--eval requires an argument");
        let refused = parse([], Some("--eval=1"));
        assert_eq!(refused, Err("--eval=1 is not allowed in NODE_OPTIONS".to_owned()));
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
