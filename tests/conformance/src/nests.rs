//! Programs that nest as deep as one likes.

/// A construct that can hold itself.
#[derive(Clone, Copy, Debug)]
pub struct Nest {
    /// What nests.
    pub name: &'static str,
    /// What stands before the first level.
    head: &'static str,
    /// What opens a level.
    open: &'static str,
    /// What stands in the innermost level.
    core: &'static str,
    /// What closes a level.
    close: &'static str,
    /// What stands after the last level.
    tail: &'static str,
}

impl Nest {
    /// The program with `depth` levels.
    pub fn program(&self, depth: usize) -> String {
        let Self { head, open, core, close, tail, .. } = self;
        format!("{head}{}{core}{}{tail}", open.repeat(depth), close.repeat(depth))
    }
}

/// One row a construct.
macro_rules! nests {
    ($($name:literal: $head:literal, $open:literal, $core:literal, $close:literal, $tail:literal;)*) => {
        /// The constructs of the language that can hold themselves.
        pub const ALL: &[Nest] = &[$(Nest {
            name: $name, head: $head, open: $open, core: $core, close: $close, tail: $tail,
        }),*];
    };
}

nests! {
    "parentheses":          "", "(", "a", ")", "";
    "open parentheses":     "", "(", "", "", "";
    "arrays":               "", "[", "", "]", "";
    "open arrays":          "", "[", "", "", "";
    "objects":              "a=", "{a:", "1", "}", "";
    "blocks":               "", "{", "", "}", "";
    "open blocks":          "", "{", "", "", "";
    "function expressions": "a=", "function(){a=", "1", "}", "";
    "function declarations":"", "function f(){", "", "}", "";
    "arrow functions":      "a=", "()=>", "1", "", "";
    "arrow parameters":     "", "(a=", "1", ")=>1", "";
    "async arrows":         "a=", "async()=>", "1", "", "";
    "methods":              "a=", "{a(){a=", "1", "}}", "";
    "classes":              "a=", "class{a=", "1", "}", "";
    "static blocks":        "", "class a{static{", "", "}}", "";
    "heritage":             "a=", "class extends ", "a", "{}", "";
    "templates":            "", "`${", "a", "}`", "";
    "tagged templates":     "", "a`${", "a", "}`", "";
    "unary":                "", "!", "a", "", "";
    "minus":                "", "- ", "a", "", "";
    "typeof":               "", "typeof ", "a", "", "";
    "new":                  "", "new ", "a", "", "";
    "await":                "async()=>", "await ", "a", "", "";
    "yield":                "function*a(){", "yield ", "a", "", "}";
    "members":              "a", ".a", "", "", "";
    "computed members":     "a", "[0]", "", "", "";
    "nested members":       "", "a[", "0", "]", "";
    "calls":                "a", "()", "", "", "";
    "nested calls":         "", "a(", "", ")", "";
    "optional chains":      "a", "?.a", "", "", "";
    "tags":                 "a", "``", "", "", "";
    "conditionals":         "", "a?b:", "c", "", "";
    "nested conditionals":  "", "a?", "b", ":c", "";
    "concatenations":       "'a'", "+'a'", "", "", "";
    "exponents":            "", "a**", "a", "", "";
    "commas":               "a", ",a", "", "", "";
    "assignments":          "", "a=", "a", "", "";
    "nullish":              "a", "??a", "", "", "";
    "dynamic imports":      "", "import(", "a", ")", "";
    "spread":               "", "[...", "a", "]", "";
    "array patterns":       "var ", "[", "a", "]", "=a";
    "pattern initialisers": "", "[a=", "a", "]", "=a";
    "object patterns":      "(", "{a:", "b", "}", "=a)";
    "assignment patterns":  "", "[", "a", "]", "=a";
    "else if":              "", "if(a);else ", ";", "", "";
    "nested if":            "", "if(a)", ";", "", "";
    "while":                "", "while(a)", ";", "", "";
    "do":                   "", "do ", ";", " while(a)", "";
    "for":                  "", "for(;;)", ";", "", "";
    "for of":               "", "for(a of b)", ";", "", "";
    "with":                 "", "with(a)", ";", "", "";
    "try":                  "", "try{", "", "}catch{}", "";
    "switch":               "", "switch(a){default:", "", "}", "";
    "statements":           "", "a;", "", "", "";
    "declarations":         "var a", ",a", "", "", "";
}
