//! The automaton: LALRPOP's tables under our own loop.
//!
//! LALRPOP's own loop takes its tokens from an iterator that knows nothing of the
//! automaton. Ours reads one lexeme at a time, lets the token layer ask the
//! tables which terminal it is ([`Automaton::accepts`]), and supplies the
//! terminals that stand nowhere in the text.
//!
//! Two thirds of all reductions in a grammar with a level of precedence a
//! production are unit reductions (`AdditiveExpression = MultiplicativeExpression`):
//! they change the state and nothing else. The loop follows a whole chain of them
//! through a small cache.

use std::cell::{Cell, RefCell};

use lalrpop_util::state_machine::{ParseResult, ParserDefinition, SimulatedReduce, SymbolTriple};

use crate::builder::{Cx, ParseError};
use crate::diagnostic::Fault;
use crate::layout::{Layout, Remedy, Table};
use crate::lexer::Lexeme;
use crate::token::Token;
use crate::unexpected;

include!(concat!(env!("OUT_DIR"), "/unit.rs"));

/// What LALRPOP generates from our grammar, as far as the driver cares.
pub(crate) trait Definition:
    ParserDefinition<
        Location = u32,
        Error = Fault,
        Token = Token,
        TokenIndex = usize,
        StateIndex = i16,
        ReduceIndex = i16,
        Action = i16,
        NonterminalIndex = usize,
    >
{
}

impl<D> Definition for D where
    D: ParserDefinition<
            Location = u32,
            Error = Fault,
            Token = Token,
            TokenIndex = usize,
            StateIndex = i16,
            ReduceIndex = i16,
            Action = i16,
            NonterminalIndex = usize,
        >
{
}

/// What the tables say of a state and a terminal. LALRPOP encodes it as one
/// number: positive shifts, negative reduces, zero refuses.
enum Action {
    Shift(i16),
    Reduce(i16),
    Refuse,
}

impl Action {
    #[inline]
    fn decode(action: i16) -> Self {
        match action {
            1.. => Self::Shift(action - 1),
            0 => Self::Refuse,
            _ => Self::Reduce(-(action + 1)),
        }
    }
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

/// Where a chain of unit reductions ends, for one state below, one on top, and
/// one terminal, and what the tables say there.
#[derive(Clone, Copy)]
struct Chain {
    key: u32,
    end: i16,
    action: i16,
}

pub(crate) struct Automaton<D: ParserDefinition> {
    definition: D,
    states: Vec<i16>,
    symbols: Vec<SymbolTriple<D>>,
    chains: Box<[Cell<Chain>; CHAINS]>,
    /// The states a simulation has pushed.
    overlay: RefCell<Vec<i16>>,
    /// What the parse has given, once it is over.
    result: Option<ParseResult<D>>,
}

const CHAINS: usize = 8192;

/// Whether each reduction is of the unit kind. The tables are indexed by small
/// non-negative numbers, of which LALRPOP makes `i16`s.
#[inline]
fn is_unit(reduction: i16) -> bool {
    UNIT[usize::from(reduction.cast_unsigned())]
}

impl<D: Definition> Automaton<D> {
    fn new(definition: D) -> Self {
        let start = definition.start_state();
        Self {
            definition,
            states: vec![start],
            symbols: Vec::new(),
            chains: vec![Cell::new(Chain { key: u32::MAX, end: 0, action: 0 }); CHAINS]
                .into_boxed_slice()
                .try_into()
                .unwrap_or_else(|_| unreachable!("the slice was made with this length")),
            overlay: RefCell::new(Vec::new()),
            result: None,
        }
    }

    #[inline]
    fn top(&self) -> i16 {
        self.states[self.states.len() - 1]
    }

    #[inline]
    fn raw_action(&self, state: i16, token: Token) -> i16 {
        if token == Token::EndOfInput {
            self.definition.eof_action(state)
        } else {
            self.definition.action(state, token as usize)
        }
    }

    #[inline]
    fn action(&self, state: i16, token: Token) -> Action {
        Action::decode(self.raw_action(state, token))
    }

    /// The end of the chain of unit reductions that begins in `top` above `below`,
    /// with `token` to come.
    #[inline]
    fn chain(&self, below: i16, top: i16, token: Token) -> Chain {
        let (below_bits, top_bits) =
            (u32::from(below.cast_unsigned()), u32::from(top.cast_unsigned()));
        let key = below_bits << 20 ^ top_bits << 8 ^ token as u32;
        let slot = &self.chains[(key.wrapping_mul(0x9E37_79B1) >> 19) as usize];
        let known = slot.get();
        if known.key == key {
            return known;
        }
        let chain = self.follow_chain(key, below, top, token);
        slot.set(chain);
        chain
    }

    #[cold]
    fn follow_chain(&self, key: u32, below: i16, top: i16, token: Token) -> Chain {
        let mut end = top;
        loop {
            let action = self.raw_action(end, token);
            if let Action::Reduce(reduction) = Action::decode(action)
                && is_unit(reduction)
                && let SimulatedReduce::Reduce { nonterminal_produced, .. } =
                    self.definition.simulate_reduce(reduction)
            {
                end = self.definition.goto(below, nonterminal_produced);
            } else {
                return Chain { key, end, action };
            }
        }
    }

    /// Hands the automaton one terminal.
    #[inline]
    pub(crate) fn feed(&mut self, token: Token, start: u32, end: u32) -> Fed {
        let mut action = self.raw_action(self.top(), token);
        loop {
            match Action::decode(action) {
                Action::Shift(state) => {
                    let symbol = self.definition.token_to_symbol(token as usize, token);
                    self.states.push(state);
                    self.symbols.push((start, symbol, end));
                    return Fed::Shifted;
                }
                Action::Reduce(reduction) if is_unit(reduction) => {
                    action = self.reduce_chain(token);
                }
                Action::Reduce(reduction) => {
                    let states = &mut self.states;
                    let symbols = &mut self.symbols;
                    if let Some(result) =
                        self.definition.reduce(reduction, Some(&start), states, symbols)
                    {
                        self.result = Some(result);
                        return Fed::Done;
                    }
                    action = self.raw_action(self.top(), token);
                }
                Action::Refuse => return Fed::Refused,
            }
        }
    }

    /// Does a chain of unit reductions; says what the tables say then.
    #[inline]
    fn reduce_chain(&mut self, token: Token) -> i16 {
        // A unit reduction has its operand on the stack, above the start state.
        let [.., below, top] = self.states.as_mut_slice() else { return 0 };
        let (from, on) = (*below, *top);
        let chain = self.chain(from, on, token);
        if let Some(top) = self.states.last_mut() {
            *top = chain.end;
        }
        chain.action
    }

    /// What the parse has given.
    fn finish(self) -> ParseResult<D> {
        self.result.unwrap_or_else(|| {
            Err(ParseError::UnrecognizedEof { location: 0, expected: Vec::new() })
        })
    }
}

impl<D: Definition> Table for Automaton<D> {
    fn accepts(&self, token: Token) -> bool {
        let mut overlay = self.overlay.borrow_mut();
        overlay.clear();
        let mut kept = self.states.len();
        let mut top = self.top();
        loop {
            let reduction = match self.action(top, token) {
                Action::Shift(_) => return true,
                Action::Refuse => return false,
                Action::Reduce(reduction) => reduction,
            };
            if is_unit(reduction) {
                let below = match overlay.len() {
                    0 => self.states[kept - 2],
                    1 => self.states[kept - 1],
                    n => overlay[n - 2],
                };
                top = self.chain(below, top, token).end;
                if let Some(last) = overlay.last_mut() {
                    *last = top;
                } else {
                    kept -= 1;
                    overlay.push(top);
                }
                continue;
            }
            match self.definition.simulate_reduce(reduction) {
                SimulatedReduce::Accept => return true,
                SimulatedReduce::Reduce { states_to_pop, nonterminal_produced } => {
                    let from_overlay = states_to_pop.min(overlay.len());
                    let left = overlay.len() - from_overlay;
                    overlay.truncate(left);
                    kept -= states_to_pop - from_overlay;
                    let below = overlay.last().copied().unwrap_or(self.states[kept - 1]);
                    top = self.definition.goto(below, nonterminal_produced);
                    overlay.push(top);
                }
            }
        }
    }

    fn accepts_in_turn(&self, tokens: &[Token]) -> bool {
        let mut states = self.states.clone();
        tokens.iter().all(|token| {
            loop {
                match self.action(states[states.len() - 1], *token) {
                    Action::Shift(state) => {
                        states.push(state);
                        return true;
                    }
                    Action::Refuse => return false,
                    Action::Reduce(reduction) => match self.definition.simulate_reduce(reduction) {
                        SimulatedReduce::Accept => return true,
                        SimulatedReduce::Reduce { states_to_pop, nonterminal_produced } => {
                            states.truncate(states.len() - states_to_pop);
                            let below = states[states.len() - 1];
                            states.push(self.definition.goto(below, nonterminal_produced));
                        }
                    },
                }
            }
        })
    }

    fn settle(&mut self, one: Token, other: Token, start: u32) -> Result<(), Fault> {
        loop {
            let reduction = match (self.action(self.top(), one), self.action(self.top(), other)) {
                (Action::Reduce(a), Action::Reduce(b)) if a == b => a,
                (Action::Refuse, Action::Reduce(b)) => b,
                _ => return Ok(()),
            };
            if is_unit(reduction) {
                self.reduce_chain(other);
                continue;
            }
            let (states, symbols) = (&mut self.states, &mut self.symbols);
            // Only the end of the input ends a parse well.
            if let Some(Err(ParseError::User { error })) =
                self.definition.reduce(reduction, Some(&start), states, symbols)
            {
                return Err(error);
            }
        }
    }
}

/// Runs a parse. The generated parser calls this in place of LALRPOP's own loop.
pub(crate) fn drive<D: Definition>(definition: D, cx: &Cx<'_>) -> ParseResult<D> {
    debug_assert!(
        Token::ALL
            .iter()
            .filter(|token| **token != Token::EndOfInput)
            .all(|token| { definition.token_to_index(token) == Some(*token as usize) }),
        "the grammar's terminals stand in the order of `Token`"
    );
    let user = |fault| ParseError::User { error: fault };
    let mut automaton = Automaton::new(definition);
    let mut layout = Layout::new(cx);
    automaton.feed(cx.goal, 0, 0);
    loop {
        layout.advance().map_err(user)?;
        // Most lexemes are what they look like.
        let (token, start, end) = if let Some(plain) = layout.plain() {
            plain
        } else {
            let raw = layout.current();
            if layout.newline_ends_statement(&automaton, raw).map_err(user)? {
                let end = layout.previous_end();
                automaton.feed(Token::AutoSemicolon, end, end);
                layout.supplied(Token::AutoSemicolon);
            }
            let lexeme = layout.classify(&mut automaton, raw).map_err(user)?;
            (lexeme.token, lexeme.start, lexeme.end)
        };
        match automaton.feed(token, start, end) {
            Fed::Shifted => layout.shifted(token, start, end),
            Fed::Done => return automaton.finish(),
            Fed::Refused => match insist(&mut automaton, &mut layout, token).map_err(user)? {
                Fed::Done => return automaton.finish(),
                Fed::Shifted | Fed::Refused => {}
            },
        }
    }
}

/// Does what can be done about a lexeme that was refused, until it is shifted.
#[cold]
#[inline(never)]
fn insist<D: Definition>(
    automaton: &mut Automaton<D>,
    layout: &mut Layout<'_, '_>,
    refused: Token,
) -> Result<Fed, Fault> {
    let raw = layout.current();
    let mut lexeme = Lexeme { token: refused, ..raw };
    loop {
        let end = layout.previous_end();
        match Layout::remedy(automaton, raw, lexeme.token) {
            Some(Remedy::Supply(token)) => {
                if automaton.feed(token, end, end) == Fed::Done {
                    return Ok(Fed::Done);
                }
                layout.supplied(token);
                lexeme = layout.classify(automaton, raw)?;
            }
            Some(Remedy::Name) => lexeme = Lexeme { token: Token::KeywordName, ..raw },
            None => return Err(unexpected::fault(automaton, layout, lexeme)),
        }
        match automaton.feed(lexeme.token, lexeme.start, lexeme.end) {
            Fed::Shifted => {
                layout.shifted(lexeme.token, lexeme.start, lexeme.end);
                return Ok(Fed::Shifted);
            }
            Fed::Done => return Ok(Fed::Done),
            Fed::Refused => {}
        }
    }
}
