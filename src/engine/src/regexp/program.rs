//! What a pattern is compiled to: instructions for the backtracking machine of
//! [`super::matcher`], and the tables they name by number.

use memchr::memmem::Finder;

use super::case_folding::Folding;
use super::code_points::{self, CodePoints};
use super::firsts::Firsts;
use super::tree::GroupName;

/// The index of an instruction.
pub(super) type Pc = u32;

/// The number of a register. Those of groups come first, two for each: where it begins
/// and where it ends.
pub(super) type Register = u32;

/// One step of the machine. `at` is where it stands in the text; a step that fails goes
/// back to the last choice.
#[derive(Clone, Copy, Debug)]
pub(super) enum Step {
    /// The unit after `at` is this one: pass it.
    Unit(u16),
    /// It is one of two.
    Either(u16, u16),
    /// The units after `at` are those of a literal: pass them.
    Literal { start: u32, length: u32 },
    /// The unit after `at` is in a set: pass it.
    Set(u32),
    /// The code point after `at` is.
    Point(u32),
    /// As before, of what comes before `at`.
    UnitBefore(u16),
    /// See above.
    LiteralBefore { start: u32, length: u32 },
    /// See above.
    SetBefore(u32),
    /// See above.
    PointBefore(u32),
    /// Many characters of one set, see [`Run`].
    Run(u32),
    /// Try what follows; where that fails, go on there.
    Fork(Pc),
    /// Go there, unless the unit after `at` is one of these.
    Guard { firsts: u32, otherwise: Pc },
    /// Both: go there at once, or as a second choice.
    GuardedFork { firsts: u32, otherwise: Pc },
    /// Go on at a place that depends on the unit after `at`, see [`Switch`].
    Switch(u32),
    /// Go on there.
    Jump(Pc),
    /// `register := at`
    Save(Register),
    /// The groups from one to before another match nothing.
    Clear { from: u32, to: u32 },
    /// `register := 0`
    Zero(Register),
    /// Goes once more into a loop, or on behind it, see [`Loop`].
    Loop(u32),
    /// Begins a turn of a loop.
    Turn(u32),
    /// Begins to look around: remembers `at` and how much there is to go back to, in two
    /// registers.
    Look(Register),
    /// What was looked for is there: back to where it began, and no going back into it.
    /// `captures` says whether there are groups in it.
    Found { look: Register, captures: bool },
    /// What was not to be there is: fails.
    Refuse(Register),
    /// What a group has matched comes after `at`: pass it.
    BackReference { group: u32, folding: Option<Folding> },
    /// It comes before `at`.
    BackReferenceBefore { group: u32, folding: Option<Folding> },
    /// `at` is the beginning of the text.
    TextStart,
    /// `at` is the end of the text.
    TextEnd,
    /// `at` is the beginning of a line.
    LineStart,
    /// `at` is the end of a line.
    LineEnd,
    /// `at` is where a word begins or ends, or is not.
    Boundary { is_negated: bool, has_more: bool },
    /// The whole pattern has matched.
    Match,
}

/// Members of a set of characters.
#[derive(Debug)]
pub(super) struct CharacterSet {
    /// A bit for each unit below 256.
    latin1: [u64; 4],
    /// The ranges beyond.
    beyond: Box<[(u32, u32)]>,
    /// The units below 256 that are not members, if they are at most three.
    few_others: Option<Box<[u8]>>,
}

impl CharacterSet {
    pub(super) fn new(points: &CodePoints) -> Self {
        let all = Firsts::of(points);
        let beyond: Box<[_]> = points
            .ranges()
            .iter()
            .filter(|(_, end)| *end > 0xFF)
            .map(|(start, end)| ((*start).max(0x100), *end))
            .collect();
        let others = Firsts { latin1: all.latin1.map(|bits| !bits), beyond: false };
        Self { latin1: all.latin1, beyond, few_others: others.few().map(Into::into) }
    }

    /// Whether a character is a member.
    #[inline]
    pub(super) fn contains(&self, point: u32) -> bool {
        if point <= 0xFF {
            return self.latin1[point as usize / 64] >> (point % 64) & 1 != 0;
        }
        code_points::contains(&self.beyond, point)
    }

    /// The units below 256 that end a run of members, if they are few.
    pub(super) fn few_others(&self) -> Option<&[u8]> {
        self.few_others.as_deref()
    }
}

/// As many or as few characters of a set as lead to a match, without a choice for each.
#[derive(Debug)]
pub(super) struct Run {
    pub(super) set: u32,
    /// Code points, of which some have two units.
    pub(super) has_pairs: bool,
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) kind: RunKind,
    /// The units one of which has to follow, if that is known.
    pub(super) follow: Option<Firsts>,
}

/// How a run is gone through.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum RunKind {
    /// All there are, and fewer if that does not lead to a match.
    Greedy,
    /// As few as there have to be, and more if that does not.
    Lazy,
    /// All there are: fewer would not lead to a match.
    Possessive,
}

/// A loop that counts its turns. It begins with [`Step::Loop`], which decides, and
/// [`Step::Turn`], at which a turn begins.
#[derive(Debug)]
pub(super) struct Loop {
    pub(super) min: u32,
    pub(super) max: u32,
    pub(super) is_greedy: bool,
    /// Counts the turns.
    pub(super) counter: Register,
    /// Where the turn began, if a turn might match nothing.
    pub(super) mark: Option<Register>,
    /// The groups within, which each turn forgets.
    pub(super) captures: (u32, u32),
    /// Behind the loop.
    pub(super) exit: Pc,
}

/// Where to go on, by the unit after `at`.
#[derive(Debug)]
pub(super) struct Switch {
    /// For units below 256.
    pub(super) latin1: Box<[Pc; 256]>,
    /// For all others.
    pub(super) beyond: Pc,
    /// At the end of the text.
    pub(super) end: Pc,
}

/// What helps to find where a match may begin.
#[derive(Debug)]
pub(super) enum Start {
    /// Anywhere.
    Anywhere,
    /// At the beginning of the text only.
    Text,
    /// At the beginning of a line only.
    Line,
    /// Where these units stand. There is a finder if all are below 256.
    Literal(Box<[u16]>, Option<Box<Finder<'static>>>),
    /// Where one of these units stands; with their list, if they are few.
    OneOf(Firsts, Option<Box<[u8]>>),
}

/// A compiled pattern.
#[derive(Debug)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    pub(super) start: Start,
    /// A run with which every match begins, and within which none begins where none
    /// begins with it.
    pub(super) leading_run: Option<u32>,
    pub(super) sets: Vec<CharacterSet>,
    pub(super) firsts: Vec<Firsts>,
    pub(super) literals: Vec<u16>,
    pub(super) runs: Vec<Run>,
    pub(super) loops: Vec<Loop>,
    pub(super) switches: Vec<Switch>,
    /// The number of groups, the whole match included.
    pub(super) groups: u32,
    /// The number of registers.
    pub(super) registers: u32,
    /// The named groups, in the order in which they stand.
    pub(super) names: Vec<GroupName>,
    /// Whether a character is a code point.
    pub(super) is_unicode: bool,
}
