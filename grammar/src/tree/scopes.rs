//! Scopes and bindings as indented text, for people.
//!
//! A scope is a line with what made it, where it stands, and what is known about
//! it; its bindings and then the scopes inside it follow. Lines and columns
//! count from 1. `let n = 1; x => n` is
//!
//! ```text
//! script  1:1–1:18  has captured
//!   let n  1:5  captured
//!   function  1:12–1:18
//!     parameter x  1:12  unused
//! ```

use super::{MOST_INDENTATION, push_indentation};
use crate::ast::Program;
use crate::scope::{BindingFlags, BindingId, BindingKind, Scope, ScopeFlags, ScopeKind, ScopeTree};
use crate::source::{Source, Utf16Offsets};

/// Prints the scopes of a program.
///
/// From the fortieth level on, lines are indented no further and begin with
/// the number of their level instead.
#[must_use]
pub fn scopes(program: &Program<'_>, source: &Source) -> String {
    let mut dump =
        Dump { tree: program.scopes, offsets: Utf16Offsets::new(source), text: String::new() };
    dump.scopes();
    dump.text
}

struct Dump<'p, 's> {
    tree: ScopeTree<'p>,
    offsets: Utf16Offsets<'s>,
    text: String,
}

impl<'p> Dump<'p, '_> {
    /// Goes down into each scope before its next sibling. Scopes stand in the
    /// table before those inside them.
    fn scopes(&mut self) {
        let mut inner = vec![Vec::new(); self.tree.scopes.len()];
        let mut todo = Vec::new();
        for (index, scope) in self.tree.scopes.iter().enumerate().rev() {
            match scope.parent.index() {
                Some(parent) => inner[parent].push(index),
                None => todo.push((index, 0)),
            }
        }
        while let Some((index, level)) = todo.pop() {
            self.scope(&self.tree.scopes[index], level);
            todo.extend(inner[index].drain(..).map(|inside| (inside, level + 1)));
        }
    }

    fn scope(&mut self, scope: &Scope<'p>, level: usize) {
        self.begin_line(level);
        let start = self.place(scope.span.start);
        let end = self.place(scope.span.end);
        self.text.push_str(&format!("{}  {start}–{end}", scope_kind(scope.kind)));
        self.words(&self.scope_words(scope));

        let titles: Vec<String> = scope.bindings.iter().map(|&id| self.title(id)).collect();
        let width = titles.iter().map(|title| title.chars().count()).max().unwrap_or(0);
        for (title, &id) in titles.iter().zip(scope.bindings) {
            let place = self.place(self.tree.binding(id).span.start);
            self.begin_line(level + 1);
            self.text.push_str(&format!("{title:<width$}  {place}"));
            self.words(&self.binding_words(id, scope));
        }
    }

    fn begin_line(&mut self, level: usize) {
        push_indentation(&mut self.text, level);
        if level > MOST_INDENTATION {
            self.text.push_str(&format!("[{level}] "));
        }
    }

    /// Ends a line with what is known.
    fn words(&mut self, words: &[&str]) {
        if !words.is_empty() {
            self.text.push_str("  ");
            self.text.push_str(&words.join(", "));
        }
        self.text.push('\n');
    }

    fn place(&self, offset: u32) -> String {
        let position = self.offsets.position(offset);
        format!("{}:{}", position.line, position.column + 1)
    }

    fn title(&self, id: BindingId) -> String {
        let binding = self.tree.binding(id);
        format!("{} {}", binding_kind(binding.kind), binding.name)
    }

    /// What is known about a scope. That it is strict goes without saying where
    /// the scope around it is.
    fn scope_words(&self, scope: &Scope<'p>) -> Vec<&'static str> {
        let strict_around = scope
            .parent
            .index()
            .is_some_and(|parent| self.tree.scopes[parent].flags.contains(ScopeFlags::STRICT));
        [
            (ScopeFlags::STRICT, "strict"),
            (ScopeFlags::IN_LOOP, "in loop"),
            (ScopeFlags::HAS_CAPTURED, "has captured"),
            (ScopeFlags::INNER_EVAL, "eval inside"),
            (ScopeFlags::EVAL_MAY_DECLARE, "eval may declare"),
        ]
        .into_iter()
        .filter(|&(flag, _)| scope.flags.contains(flag))
        .filter(|&(flag, _)| flag != ScopeFlags::STRICT || !strict_around)
        .map(|(_, word)| word)
        .collect()
    }

    /// What is known about a binding. What stands outside all functions of a
    /// script may be used by other scripts, so nothing says that it is unused.
    fn binding_words(&self, id: BindingId, scope: &Scope<'p>) -> Vec<&'static str> {
        let flags = self.tree.binding(id).flags;
        let mut words: Vec<_> = [
            (BindingFlags::CAPTURED, "captured"),
            (BindingFlags::ASSIGNED, "assigned"),
            (BindingFlags::NEEDS_CHECK, "needs check"),
            (BindingFlags::EXPORTED, "exported"),
        ]
        .into_iter()
        .filter(|&(flag, _)| flags.contains(flag))
        .map(|(_, word)| word)
        .collect();
        let used = BindingFlags::USED | BindingFlags::EXPORTED;
        if !flags.intersects(used) && scope.kind != ScopeKind::Script {
            words.push("unused");
        }
        words
    }
}

fn scope_kind(kind: ScopeKind) -> &'static str {
    match kind {
        ScopeKind::Script => "script",
        ScopeKind::Module => "module",
        ScopeKind::Eval => "eval",
        ScopeKind::Function => "function",
        ScopeKind::FunctionBody => "function body",
        ScopeKind::FunctionName => "function name",
        ScopeKind::Class => "class",
        ScopeKind::FieldInitializer => "field initializer",
        ScopeKind::StaticBlock => "static block",
        ScopeKind::Block => "block",
        ScopeKind::For => "for",
        ScopeKind::Switch => "switch",
        ScopeKind::Catch => "catch",
        ScopeKind::With => "with",
    }
}

fn binding_kind(kind: BindingKind) -> &'static str {
    match kind {
        BindingKind::Var => "var",
        BindingKind::Function => "function",
        BindingKind::BlockFunction => "block function",
        BindingKind::Parameter => "parameter",
        BindingKind::Arguments => "arguments object",
        BindingKind::Let => "let",
        BindingKind::Const => "const",
        BindingKind::Using => "using",
        BindingKind::Class => "class",
        BindingKind::ClassName => "class name",
        BindingKind::FunctionName => "function name",
        BindingKind::SimpleCatch | BindingKind::Catch => "catch",
        BindingKind::Import => "import",
        BindingKind::AnnexB => "var of a block function",
    }
}

#[cfg(test)]
mod tests {
    use crate::{Arena, Goal, Source, parse};

    fn check(text: &str, expected: &str) {
        let source = Source::new("test", text);
        let arena = Arena::new();
        let program = parse(&source, Goal::Script, &arena).expect("the text is a script");
        assert_eq!(super::scopes(program, &source), expected);
    }

    #[test]
    fn example_of_the_documentation() {
        check(
            "let n = 1; x => n",
            "\
script  1:1–1:18  has captured
  let n  1:5  captured
  function  1:12–1:18
    parameter x  1:12  unused
",
        );
    }
}
