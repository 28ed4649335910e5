//! Which terminal each lexeme is, where that depends on what stands around it.

use axil_grammar::{Arena, Goal, Source, parse, sexpr, tokens};

fn dump(text: &str) -> String {
    let source = Source::new("tokens.js", text);
    tokens::dump(&source, Goal::Script).unwrap_or_else(|faults| faults.to_string())
}

/// The terminals alone, in one line.
fn line(text: &str, goal: Goal<'_>) -> String {
    let source = Source::new("tokens.js", text);
    match tokens::tokens(&source, goal) {
        Ok(tokens) => {
            let names: Vec<String> = tokens
                .iter()
                .map(|(token, span)| match token.text() {
                    name if name == source.display(*span) => name.to_owned(),
                    name => format!("<{name}>"),
                })
                .collect();
            names.join(" ")
        }
        Err(faults) => faults.to_string(),
    }
}

/// Asserts the terminals of scripts, one row a script.
macro_rules! scripts {
    ($($text:expr => $terminals:literal;)*) => {
        $(assert_eq!(line($text, Goal::Script), $terminals, "{:?}", $text);)*
    };
}

#[test]
fn a_slash_divides_or_begins_a_regular_expression() {
    scripts! {
        "a / b / c" => "<identifier> / <identifier> / <identifier>";
        "a = /b/g / c" => "<identifier> = <regular expression> / <identifier>";
        "(a) / b" => "( <identifier> ) / <identifier>";
        "if (a) /b/" => "if ( <identifier> ) <regular expression>";
        "{} /a/" => "{ } <regular expression>";
        "+{} / a" => "+ <object {> } / <identifier>";
        "a++ / b" => "<identifier> ++ / <identifier>";
        "a\n++/b/.c" => "<identifier> <++ on a new line> <regular expression> . <identifier>";
        "function a() {} /b/" => "function <identifier> ( ) { } <regular expression>";
        "(function () {} / b)" => "( <function expression> ( ) { } / <identifier> )";
        "() => {}\n/a/" => "( ) => { } <regular expression>";
        "x = {} / 1" => "<identifier> = <object {> } / <number>";
        "a /= b; /= c/" => "<identifier> /= <identifier> ; <regular expression>";
        "typeof /a/" => "typeof <regular expression>";
        "`${/}/}`" => "<template head> <regular expression> <template tail>";
        "/[/]\\//" => "<regular expression>";
    }
}

#[test]
fn a_brace_opens_a_block_or_an_object() {
    scripts! {
        "{ a: 1 }" => "{ <identifier> : <number> }";
        "({ a: 1 })" => "( <object {> <identifier> : <number> } )";
        "a => {}" => "<identifier> => { }";
        "a => ({})" => "<identifier> => ( <object {> } )";
        "let { a } = {}" => "let <object {> <identifier> } = <object {> }";
        "switch (a) { case {}: {} }" => "switch ( <identifier> ) { case <object {> } : { } }";
        "class A extends {} {}" => "class <identifier> extends <object {> } { }";
        "function f() { return {} }" => "function <identifier> ( ) { return <object {> } }";
        "function f() { return\n{} }" => "function <identifier> ( ) { return { } }";
        "`${{}}`" => "<template head> <object {> } <template tail>";
    }
}

#[test]
fn templates_nest() {
    insta::assert_snapshot!(dump("`a${`b${{ c: `d` }}`}${e}f`"), @r"
     1:1  template head               `a${
     1:5  template head               `b${
     1:9  object {                    {
    1:11  identifier                  c
    1:12  :
    1:14  template                    `d`
    1:18  }
    1:19  template tail               }`
    1:21  template middle             }${
    1:24  identifier                  e
    1:25  template tail               }f`
    ");
}

#[test]
fn words_are_keywords_only_in_some_places() {
    scripts! {
        "var get, set, of, async, from, as, let, static, using, await, yield" =>
            "var <identifier> , <identifier> , <identifier> , <identifier> , <identifier> , \
             <identifier> , <identifier> , <identifier> , <identifier> , <identifier> , <identifier>";
        "({ get, set: 1, async() {} })" =>
            "( <object {> <identifier> , <identifier> : <number> , <identifier> ( ) { } } )";
        "({ get a() {}, set b(c) {}, async d() {} })" =>
            "( <object {> get <identifier> ( ) { } , set <identifier> ( <identifier> ) { } , \
             async <identifier> ( ) { } } )";
        "class A { static; static static() {} static {} get; async\nb() {} }" =>
            "class <identifier> { <identifier> ; static <identifier> ( ) { } static { } \
             <identifier> ; <identifier> <identifier> ( ) { } }";
        "let a; let\nb; let [c] = d; let (e)" =>
            "let <identifier> ; let <identifier> ; let [ <identifier> ] = <identifier> ; \
             <identifier> ( <identifier> )";
        "for (let of of of) ;" => "for ( let <identifier> of <identifier> ) ;";
        "for (let in a) ;" => "for ( <identifier> <in of a for statement> <identifier> ) ;";
        "for (a of b) ;" => "for ( <identifier> of <identifier> ) ;";
        "async a => b" => "async <identifier> => <identifier>";
        "async (a)" => "async ( <identifier> )";
        "async\n(a)" => "<identifier> ( <identifier> )";
        "async function a() {}" => "async function <identifier> ( ) { }";
        "(async function () {})" => "( <async function expression> ( ) { } )";
        "async\nfunction a() {}" => "<identifier> function <identifier> ( ) { }";
        "async => a" => "<identifier> => <identifier>";
        "for (async of => a;;) ;" => "for ( async <identifier> => <identifier> ; ; ) ;";
        "{ using a = b; using[a]; using\nc }" =>
            "{ using <identifier> = <identifier> ; <identifier> [ <identifier> ] ; \
             <identifier> <identifier> }";
        "a.if; ({ if: 1, class() {} })" =>
            "<identifier> . <keyword as name> ; ( <object {> <keyword as name> : <number> , \
             <keyword as name> ( ) { } } )";
    }
}

#[test]
fn yield_and_await_are_operators_in_their_functions() {
    scripts! {
        "function* a() { yield; yield b; yield\nc; yield* d }" =>
            "function * <identifier> ( ) { yield ; yield <identifier> ; \
             <yield before a new line> <identifier> ; yield * <identifier> }";
        "function a() { yield; await }" =>
            "function <identifier> ( ) { <identifier> ; <identifier> }";
        "async () => await /a/" => "async ( ) => await <regular expression>";
        "await / a" => "<identifier> / <identifier>";
        "async a => { b => await; await c }" =>
            "async <identifier> => { <identifier> => <identifier> ; await <identifier> }";
        "async () => { for await (a of b) ; await using c = d }" =>
            "async ( ) => { for await ( <identifier> of <identifier> ) ; \
             await using <identifier> = <identifier> }";
        "async function await() {}" => "async function <identifier> ( ) { }";
    }
    assert_eq!(line("await a", Goal::Module), "await <identifier>");
    assert_eq!(line("await a", Goal::CommonJs).split(':').next(), Some("SyntaxError"));
}

#[test]
fn the_in_of_a_for_head_stands_outside_its_brackets() {
    scripts! {
        "for (a in b) ;" => "for ( <identifier> <in of a for statement> <identifier> ) ;";
        "for (a[b in c] in d) ;" =>
            "for ( <identifier> [ <identifier> in <identifier> ] <in of a for statement> <identifier> ) ;";
        "for (a; b in c;) ;" => "for ( <identifier> ; <identifier> in <identifier> ; ) ;";
        "for (a ? b in c : d;;) ;" =>
            "for ( <identifier> ? <identifier> in <identifier> : <identifier> ; ; ) ;";
        "for (a of b in c) ;" => "for ( <identifier> of <identifier> in <identifier> ) ;";
        "for (a = () => { b in c };;) ;" =>
            "for ( <identifier> = ( ) => { <identifier> in <identifier> } ; ; ) ;";
    }
}

#[test]
fn html_comments_and_hashbangs() {
    scripts! {
        "a <!-- b" => "<identifier>";
        "a\n--> b" => "<identifier>";
        "/*\n*/ --> b" => "";
        "a --> b" => "<identifier> -- > <identifier>";
        "#!a\nb" => "<identifier>";
    }
    assert_eq!(
        line("a <!-- b", Goal::Module),
        "<identifier> < ! -- <identifier>",
        "modules have no HTML-like comments"
    );
}

#[test]
fn numbers_and_dots() {
    scripts! {
        "1..a" => "<number> . <identifier>";
        "1.5.a" => "<number> . <identifier>";
        "a?.5:1" => "<identifier> ? <number> : <number>";
        "a?.b" => "<identifier> ?. <identifier>";
        "010.a" => "<number> . <identifier>";
        "1_0n + .5e-1" => "<bigint> + <number>";
    }
}

#[test]
fn escapes_and_other_scripts() {
    insta::assert_snapshot!(dump("var \\u{61}b, ünï, 𠮷 = a.\\u0069f;\u{a0}'\\u{1F600}'"), @r"
     1:1  var
     1:5  identifier                  \\u{61}b
    1:12  ,
    1:14  identifier                  ünï
    1:17  ,
    1:19  identifier                  𠮷
    1:22  =
    1:24  identifier                  a
    1:25  .
    1:26  keyword as name             \\u0069f
    1:33  ;
    1:35  string                      \'\\u{1F600}\'
    ");
}

#[test]
fn semicolons_are_supplied() {
    let parsed = |text: &str| {
        let source = Source::new("asi.js", text);
        let arena = Arena::new();
        let program = parse(&source, Goal::Script, &arena).expect("it parses");
        sexpr::print_without_parentheses(program)
    };
    for (without, with) in [
        ("a\nb", "a; b"),
        ("{ a }", "{ a; }"),
        ("a\n++b", "a; ++b"),
        ("function f() { return\na }", "function f() { return; a }"),
        ("while (a) { break\nb }", "while (a) { break; b }"),
        ("do a; while (b) c", "do a; while (b); c"),
        ("if (a) b\nelse c", "if (a) b; else c"),
        ("var a\nvar b", "var a; var b"),
        ("a = b\n(c)", "a = b(c)"),
        ("a\n/b/c", "a / b / c"),
    ] {
        assert_eq!(parsed(without), parsed(with), "{without:?}");
    }
}
