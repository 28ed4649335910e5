//! The automaton: LALRPOP's tables under our own loop.
//!
//! LALRPOP's own loop takes its tokens from an iterator that knows nothing of the
//! automaton. Ours reads one lexeme at a time, lets the token layer ask the
//! tables which terminal it is ([`Automaton::accepts`]), and supplies the
//! terminals that stand nowhere in the text.
//!
//! Two thirds of all reductions in a grammar with a level of precedence a
//! production are unit reductions (`AdditiveExpression = MultiplicativeExpression`):
//! they change the state and nothing else. Where a whole chain of them ends is
//! remembered in a small cache.

use std::cell::{Cell, RefCell};

use crate::builder::{Cx, Root};
use crate::diagnostic::Fault;
use crate::ecmascript::{ACTIONS, REDUCTIONS, Symbol, goto, root};
use crate::layout::{Layout, Remedy, Table};
use crate::lexer::Lexeme;
use crate::token::Token;
use crate::unexpected;

/// What stands on the stack: the value of a grammar symbol, and from where to
/// where it reaches.
pub(crate) type Operand<'a> = (u32, Symbol<'a>, u32);

/// What the driver knows of a production.
pub(crate) struct Reduction {
    /// The number of its operands.
    pub(crate) length: u8,
    /// What it produces.
    pub(crate) nonterminal: u8,
    /// Does its action on the stack; the `u32` is where an empty production
    /// stands. None where the value is that of the only operand.
    pub(crate) perform: Option<Perform>,
}

type Perform = for<'c, 'a> fn(&'c Cx<'a>, u32, &mut Vec<Operand<'a>>) -> Result<(), Fault>;

/// The operands of a reduction are not those of its production: not with tables
/// that belong to the grammar.
#[cold]
#[inline(never)]
pub(crate) fn misplaced() -> ! {
    unreachable!("the stack holds the operands of the production that is reduced")
}

/// What became of a terminal.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fed {
    /// It is on the stack.
    Shifted,
    /// It cannot stand here. The reductions that came before have been done.
    Refused,
    /// The parse is over; the automaton has its result.
    Done,
}

/// What the tables say of a state and a terminal.
enum Action {
    Shift(i16),
    /// The number of a reduction.
    Reduce(usize),
    Refuse,
}

impl Action {
    #[inline]
    fn of(state: i16, terminal: Token) -> Self {
        Self::decode(encoded_action(state, terminal))
    }

    #[inline]
    fn decode(action: i16) -> Self {
        match action {
            1.. => Self::Shift(action - 1),
            0 => Self::Refuse,
            _ => Self::Reduce(usize::from((!action).cast_unsigned())),
        }
    }
}

/// States are indices of the tables: small and never negative.
#[inline]
fn encoded_action(state: i16, terminal: Token) -> i16 {
    ACTIONS[usize::from(state.cast_unsigned())][terminal as usize]
}

/// Where a reduction leads: the state after the nonterminal and the unit
/// reductions that follow, and what the tables say there.
#[derive(Clone, Copy)]
struct Landing {
    /// The state below, the nonterminal, and the terminal to come.
    key: u32,
    state: i16,
    action: i16,
}

const LANDINGS: usize = 8192;

/// The landings seen so far, as far as they have not been displaced.
///
/// They say nothing of a text, only of the tables, so a thread keeps them from one
/// parse to the next: a small file would not find most of them itself.
struct Landings(Box<[Cell<Landing>; LANDINGS]>);

thread_local! {
    static KNOWN: Cell<Option<Landings>> = const { Cell::new(None) };
}

impl Landings {
    /// Those of the thread, which has none as long as these are in use.
    fn borrow() -> Self {
        KNOWN.take().unwrap_or_else(Self::none)
    }

    /// Gives them back to the thread.
    fn give_back(self) {
        KNOWN.set(Some(self));
    }

    fn none() -> Self {
        let none = Landing { key: u32::MAX, state: 0, action: 0 };
        let slots = vec![Cell::new(none); LANDINGS].into_boxed_slice();
        Self(slots.try_into().unwrap_or_else(|_| unreachable!("made with this length")))
    }

    #[inline]
    fn get(&self, below: i16, nonterminal: u8, terminal: Token) -> Landing {
        let key = u32::from(below.cast_unsigned()) << 16
            | u32::from(nonterminal) << 8
            | u32::from(terminal as u8);
        let slot = &self.0[(key.wrapping_mul(0x9E37_79B1) >> 19) as usize];
        let known = slot.get();
        if known.key == key { known } else { Self::find(slot, key, below, nonterminal, terminal) }
    }

    #[cold]
    #[inline(never)]
    fn find(
        slot: &Cell<Landing>,
        key: u32,
        below: i16,
        nonterminal: u8,
        terminal: Token,
    ) -> Landing {
        let mut state = goto(below, nonterminal);
        let action = loop {
            let action = encoded_action(state, terminal);
            if let Action::Reduce(number) = Action::decode(action)
                && let Some(Reduction { perform: None, nonterminal, .. }) = REDUCTIONS.get(number)
            {
                state = goto(below, *nonterminal);
            } else {
                break action;
            }
        };
        let landing = Landing { key, state, action };
        slot.set(landing);
        landing
    }
}

pub(crate) struct Automaton<'c, 'a> {
    cx: &'c Cx<'a>,
    /// The states passed through, the first one below.
    states: Vec<i16>,
    operands: Vec<Operand<'a>>,
    landings: Landings,
    /// The states a simulation has pushed.
    overlay: RefCell<Vec<i16>>,
}

impl<'c, 'a> Automaton<'c, 'a> {
    fn new(cx: &'c Cx<'a>) -> Self {
        Self {
            cx,
            states: vec![0],
            operands: Vec::new(),
            landings: Landings::borrow(),
            overlay: RefCell::new(Vec::new()),
        }
    }

    #[inline]
    fn top(&self) -> i16 {
        self.states[self.states.len() - 1]
    }

    /// Hands the automaton one terminal.
    #[inline(never)]
    fn feed(&mut self, terminal: Token, start: u32, end: u32) -> Result<Fed, Fault> {
        self.feed_here(terminal, start, end)
    }

    /// [`Self::feed`] without a call: for the one place where most terminals pass.
    #[inline(always)]
    fn feed_here(&mut self, terminal: Token, start: u32, end: u32) -> Result<Fed, Fault> {
        let mut action = encoded_action(self.top(), terminal);
        loop {
            match Action::decode(action) {
                Action::Shift(state) => {
                    self.states.push(state);
                    self.operands.push((start, Symbol::Variant0(terminal), end));
                    return Ok(Fed::Shifted);
                }
                Action::Reduce(number) => {
                    // The production of the start symbol is not in the table.
                    let Some(reduction) = REDUCTIONS.get(number) else { return Ok(Fed::Done) };
                    if let Some(perform) = reduction.perform {
                        perform(self.cx, start, &mut self.operands)?;
                    }
                    let below = self.states.len() - usize::from(reduction.length) - 1;
                    let nonterminal = reduction.nonterminal;
                    let landing = self.landings.get(self.states[below], nonterminal, terminal);
                    self.states.truncate(below + 1);
                    self.states.push(landing.state);
                    action = landing.action;
                }
                Action::Refuse => return Ok(Fed::Refused),
            }
        }
    }
}

impl Table for Automaton<'_, '_> {
    fn accepts(&self, terminal: Token) -> bool {
        let mut overlay = self.overlay.borrow_mut();
        overlay.clear();
        let mut kept = self.states.len();
        let mut action = encoded_action(self.top(), terminal);
        loop {
            let number = match Action::decode(action) {
                Action::Shift(_) => return true,
                Action::Refuse => return false,
                Action::Reduce(number) => number,
            };
            let Some(reduction) = REDUCTIONS.get(number) else { return true };
            let length = usize::from(reduction.length);
            let from_overlay = length.min(overlay.len());
            let left = overlay.len() - from_overlay;
            overlay.truncate(left);
            kept -= length - from_overlay;
            let below = overlay.last().copied().unwrap_or(self.states[kept - 1]);
            let landing = self.landings.get(below, reduction.nonterminal, terminal);
            overlay.push(landing.state);
            action = landing.action;
        }
    }

    fn accepts_in_turn(&self, terminals: &[Token]) -> bool {
        let mut states = self.states.clone();
        terminals.iter().all(|terminal| {
            loop {
                match Action::of(states[states.len() - 1], *terminal) {
                    Action::Shift(state) => {
                        states.push(state);
                        return true;
                    }
                    Action::Refuse => return false,
                    Action::Reduce(number) => {
                        let Some(reduction) = REDUCTIONS.get(number) else { return true };
                        states.truncate(states.len() - usize::from(reduction.length));
                        let below = states[states.len() - 1];
                        states.push(goto(below, reduction.nonterminal));
                    }
                }
            }
        })
    }

    fn settle(&mut self, one: Token, other: Token, start: u32) -> Result<(), Fault> {
        loop {
            let number = match (Action::of(self.top(), one), Action::of(self.top(), other)) {
                (Action::Reduce(a), Action::Reduce(b)) if a == b => a,
                (Action::Refuse, Action::Reduce(b)) => b,
                _ => return Ok(()),
            };
            // Only the end of the input ends a parse.
            let Some(reduction) = REDUCTIONS.get(number) else { return Ok(()) };
            if let Some(perform) = reduction.perform {
                perform(self.cx, start, &mut self.operands)?;
            }
            self.states.truncate(self.states.len() - usize::from(reduction.length));
            let next = goto(self.top(), reduction.nonterminal);
            self.states.push(next);
        }
    }
}

/// Runs a parse.
pub(crate) fn parse<'a>(cx: &Cx<'a>) -> Result<Root<'a>, Fault> {
    let mut automaton = Automaton::new(cx);
    let result = run(&mut automaton, cx).map(|()| root(&automaton.operands));
    automaton.landings.give_back();
    result
}

/// Feeds the automaton to the end of the text.
fn run(automaton: &mut Automaton<'_, '_>, cx: &Cx<'_>) -> Result<(), Fault> {
    let mut layout = Layout::new(cx);
    automaton.feed(cx.goal, 0, 0)?;
    loop {
        layout.advance()?;
        // Most lexemes are what they look like.
        let (token, start, end) = if let Some(plain) = layout.plain() {
            plain
        } else {
            let raw = layout.current();
            if layout.newline_ends_statement(automaton, raw)? {
                let end = layout.previous_end();
                automaton.feed(Token::AutoSemicolon, end, end)?;
                layout.supplied(Token::AutoSemicolon);
            }
            let lexeme = layout.classify(automaton, raw)?;
            (lexeme.token, lexeme.start, lexeme.end)
        };
        match automaton.feed_here(token, start, end)? {
            Fed::Shifted => layout.shifted(token, start, end),
            Fed::Refused if insist(automaton, &mut layout, token)? != Fed::Done => {}
            Fed::Refused | Fed::Done => break,
        }
    }
    Ok(())
}

/// Does what can be done about a lexeme that was refused, until it is shifted.
#[cold]
#[inline(never)]
fn insist(
    automaton: &mut Automaton<'_, '_>,
    layout: &mut Layout<'_, '_>,
    refused: Token,
) -> Result<Fed, Fault> {
    let raw = layout.current();
    let mut lexeme = Lexeme { token: refused, ..raw };
    loop {
        let end = layout.previous_end();
        match Layout::remedy(automaton, raw, lexeme.token) {
            Some(Remedy::Supply(token)) => {
                if automaton.feed(token, end, end)? == Fed::Done {
                    return Ok(Fed::Done);
                }
                layout.supplied(token);
                lexeme = layout.classify(automaton, raw)?;
            }
            Some(Remedy::Name) => lexeme = Lexeme { token: Token::KeywordName, ..raw },
            None => {
                let fault = unexpected::fault(automaton, layout, lexeme);
                // What stands before the lexeme may be at fault itself, which shows
                // when it is reduced: `(a, ...b) c`, `1 = a b`.
                automaton.settle(Token::Comma, Token::Comma, lexeme.start)?;
                return Err(fault);
            }
        }
        match automaton.feed(lexeme.token, lexeme.start, lexeme.end)? {
            Fed::Shifted => {
                layout.shifted(lexeme.token, lexeme.start, lexeme.end);
                return Ok(Fed::Shifted);
            }
            Fed::Done => return Ok(Fed::Done),
            Fed::Refused => {}
        }
    }
}
