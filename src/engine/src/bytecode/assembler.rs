//! Puts instructions together: words, jumps, constants, caches, positions.

use std::rc::Rc;

use rustc_hash::FxHashMap;

use super::{EvalSite, Handler, Instruction, ModuleParts, Op, Operand, Place, Position};
use crate::heap::{Heap, RootedVec};
use crate::string::PropertyKey;
use crate::value::Value;

/// A place in the code that jumps lead to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Label(u32);

/// Instructions under construction.
pub struct Assembler {
    words: Vec<u64>,
    /// Where each label is, once it is known.
    labels: Vec<Option<u32>>,
    /// Whether a jump leads to each.
    jumped_to: Vec<bool>,
    /// The jumps, and the labels they lead to.
    jumps: Vec<(u32, Label)>,
    constants: RootedVec<Value>,
    constant_indices: FxHashMap<u64, u32>,
    cache_keys: RootedVec<PropertyKey>,
    handlers: Vec<(Label, Label, Label, u16)>,
    positions: Vec<Position>,
    eval_sites: Vec<Rc<EvalSite>>,
    parameter_variables: Vec<u32>,
    module: Option<Box<ModuleParts>>,
    texts: Vec<(u32, u32, u32)>,
    is_too_large: bool,
    /// Control comes to the place the assembler has reached. What it does not come to is
    /// left out.
    is_reachable: bool,
}

/// What an [`Assembler`] has put together.
pub struct Assembled {
    /// The instructions.
    pub words: Vec<u64>,
    /// The constants.
    pub constants: RootedVec<Value>,
    /// The keys of the inline caches.
    pub cache_keys: RootedVec<PropertyKey>,
    /// Where exceptions go.
    pub handlers: Vec<Handler>,
    /// Where instructions come from.
    pub positions: Vec<Position>,
    /// Where direct evals stand.
    pub eval_sites: Vec<Rc<EvalSite>>,
    /// The variables that the elements of `arguments` are.
    pub parameter_variables: Vec<u32>,
    /// What values of instructions are called by.
    pub texts: Vec<(u32, u32, u32)>,
    /// What a module imports and exports.
    pub module: Option<Box<ModuleParts>>,
}

impl Assembler {
    /// No instructions.
    pub fn new(heap: &Heap) -> Self {
        Self {
            words: Vec::new(),
            labels: Vec::new(),
            jumped_to: Vec::new(),
            jumps: Vec::new(),
            constants: heap.rooted_vec(),
            constant_indices: FxHashMap::default(),
            cache_keys: heap.rooted_vec(),
            handlers: Vec::new(),
            positions: Vec::new(),
            eval_sites: Vec::new(),
            parameter_variables: Vec::new(),
            module: None,
            texts: Vec::new(),
            is_too_large: false,
            is_reachable: true,
        }
    }

    /// Says that there is more of something than instructions can name.
    pub fn note_too_large(&mut self) {
        self.is_too_large = true;
    }

    /// Whether there is more of something than instructions can name: what has been put
    /// together is of no use.
    pub fn is_too_large(&self) -> bool {
        self.is_too_large
    }

    /// Says where in the text the value of the next instruction is named, in bytes.
    pub fn text(&mut self, start: u32, end: u32) {
        if self.is_reachable {
            self.texts.push((self.here(), start, end));
        }
    }

    /// Says what a module imports and exports.
    pub fn set_module(&mut self, parts: ModuleParts) {
        self.module = Some(Box::new(parts));
    }

    /// The number of a place where a direct eval stands.
    pub fn eval_site(&mut self, site: EvalSite) -> u32 {
        self.eval_sites.push(Rc::new(site));
        self.eval_sites.len() as u32 - 1
    }

    /// Says which variables the elements of `arguments` are.
    pub fn set_parameter_variables(&mut self, variables: Vec<u32>) {
        self.parameter_variables = variables;
    }

    /// The number of instructions so far.
    pub fn here(&self) -> u32 {
        self.words.len() as u32
    }

    /// Adds an instruction that jumps nowhere, unless control does not come here.
    pub fn emit(&mut self, instruction: Instruction) {
        if !self.is_reachable {
            return;
        }
        self.is_reachable = !instruction.op().ends_control();
        let word = instruction.encode();
        // An operand that does not fit comes out as another one.
        self.is_too_large |= Instruction::decode(word) != Some(instruction);
        self.words.push(word);
    }

    /// Replaces the first instruction.
    pub fn replace_first(&mut self, instruction: Instruction) {
        if let Some(first) = self.words.first_mut() {
            *first = instruction.encode();
        }
    }

    /// Adds an instruction that jumps to a label, whatever distance it names.
    ///
    /// # Panics
    /// If the label is in code that has been left out.
    pub fn emit_jump(&mut self, instruction: Instruction, label: Label) {
        if self.is_reachable {
            let index = label.0 as usize;
            let leads_back = self.labels[index].is_some();
            assert!(!leads_back || self.jumped_to[index], "control comes to what is jumped to");
            self.jumped_to[index] = true;
            self.jumps.push((self.here(), label));
            self.emit(instruction);
        }
    }

    /// A label that has no place yet.
    pub fn label(&mut self) -> Label {
        self.labels.push(None);
        self.jumped_to.push(false);
        Label(self.labels.len() as u32 - 1)
    }

    /// Gives a label its place: here. Control comes here if it came to what is before, or
    /// if a jump leads here; one that leads back to it changes nothing about that.
    pub fn bind(&mut self, label: Label) {
        self.is_reachable |= self.jumped_to[label.0 as usize];
        self.jumped_to[label.0 as usize] = self.is_reachable;
        self.labels[label.0 as usize] = Some(self.here());
    }

    /// Gives a label its place: exceptions of the code between two others come here, if
    /// there is any.
    pub fn bind_handler(&mut self, label: Label, start: Label, past: Label) {
        self.is_reachable |= self.place(start) < self.place(past);
        self.bind(label);
    }

    /// Whether control comes here.
    pub fn is_reachable(&self) -> bool {
        self.is_reachable
    }

    /// Control comes here past the instruction before, which the one before that may pass
    /// over.
    pub fn passed_over(&mut self) {
        self.is_reachable = true;
    }

    /// A label that is here.
    pub fn label_here(&mut self) -> Label {
        let label = self.label();
        self.bind(label);
        label
    }

    /// The number of a constant. Equal ones have one number.
    pub fn constant(&mut self, value: Value) -> u32 {
        let next = self.constants.len() as u32;
        let index = *self.constant_indices.entry(value.bits()).or_insert(next);
        if index == next {
            self.constants.push(value);
        }
        index
    }

    /// The number of a new inline cache for a property, unless there are as many as
    /// operands can name.
    pub fn cache(&mut self, key: PropertyKey) -> Option<u32> {
        let number = u16::try_from(self.cache_keys.len()).ok()?;
        self.cache_keys.push(key);
        Some(number.into())
    }

    /// Says that exceptions between two labels go to a third, and into a register.
    /// Inner handlers are added before those around them.
    pub fn handler(&mut self, start: Label, end: Label, target: Label, exception: u16) {
        self.handlers.push((start, end, target, exception));
    }

    /// Says that the instructions that follow come from an offset in the text.
    pub fn position(&mut self, offset: u32) {
        let instruction = self.here();
        match self.positions.last_mut() {
            Some(last) if last.offset == offset => {}
            Some(last) if last.instruction == instruction => last.offset = offset,
            _ => self.positions.push(Position { instruction, offset }),
        }
    }
}

impl Assembler {
    /// Finishes: jumps get their distances.
    ///
    /// A compare-and-jump has 16 bits for its distance. One that leads further
    /// becomes the opposite comparison that jumps over a plain jump.
    ///
    /// # Panics
    /// If a label that is used has no place.
    pub fn finish(self) -> Assembled {
        let targets: Vec<(u32, u32)> =
            self.jumps.iter().map(|(at, label)| (*at, self.target(*label))).collect();
        let far = self.far_jumps(&targets);
        // Where each instruction has moved, for those that grew before it.
        let moved = |at: u32| at + far.partition_point(|jump| *jump < at) as u32;
        let mut words = Vec::with_capacity(self.words.len() + far.len());
        let mut targets = targets.iter().peekable();
        for (at, word) in self.words.iter().enumerate() {
            let Some((_, target)) = targets.next_if(|(jump, _)| *jump == at as u32) else {
                words.push(*word);
                continue;
            };
            let mut word = *word;
            if far.binary_search(&(at as u32)).is_ok() {
                words.push(with_distance(opposite(word), 1));
                word = Instruction::Jump { to: 0 }.encode();
            }
            let distance = i64::from(moved(*target)) - words.len() as i64 - 1;
            words.push(with_distance(word, distance as i32));
        }
        let place = |label: Label| moved(self.place(label));
        let handlers = self.handlers.iter().map(|(start, end, target, exception)| Handler {
            start: place(*start),
            end: place(*end),
            target: place(*target),
            exception: *exception,
        });
        let handlers = handlers.filter(|handler| handler.start < handler.end).collect();
        let positions = self
            .positions
            .iter()
            .map(|position| Position { instruction: moved(position.instruction), ..*position });
        let positions = positions.collect();
        let texts =
            self.texts.iter().map(|(instruction, start, end)| (moved(*instruction), *start, *end));
        let texts = texts.collect();
        let Self { constants, cache_keys, eval_sites, parameter_variables, module, .. } = self;
        Assembled {
            words,
            constants,
            cache_keys,
            handlers,
            positions,
            eval_sites,
            parameter_variables,
            texts,
            module,
        }
    }

    /// Where a label is: the number of instructions before it.
    ///
    /// # Panics
    /// If it has no place yet.
    pub fn place(&self, label: Label) -> u32 {
        self.labels[label.0 as usize].expect("a label that is used has a place")
    }

    /// Where a jump to a label ends: jumps to plain jumps are led on.
    fn target(&self, label: Label) -> u32 {
        /// Jumps may lead in a circle.
        const FOLLOWED: usize = 8;
        let mut place = self.place(label);
        for _ in 0..FOLLOWED {
            let is_jump = self.words.get(place as usize).is_some_and(|word| {
                matches!(Instruction::decode(*word), Some(Instruction::Jump { .. }))
            });
            let Ok(jump) = self.jumps.binary_search_by_key(&place, |(at, _)| *at) else { break };
            if !is_jump {
                break;
            }
            place = self.place(self.jumps[jump].1);
        }
        place
    }

    /// The short jumps that lead too far, in order.
    fn far_jumps(&self, targets: &[(u32, u32)]) -> Vec<u32> {
        /// A jump grows by one word, so that no distance more than doubles: after some
        /// rounds, in which few jumps were found each time, all are taken that might grow
        /// too long.
        const ROUNDS: usize = 8;
        let mut far: Vec<u32> = Vec::new();
        for round in 0.. {
            let most = if round < ROUNDS { 0x7F00 } else { 0x3F00 };
            if round > ROUNDS {
                break;
            }
            let moved = |at: u32| i64::from(at) + far.partition_point(|jump| *jump < at) as i64;
            let found: Vec<u32> = targets
                .iter()
                .filter(|(at, target)| {
                    let distance = if round < ROUNDS {
                        moved(*target) - moved(*at)
                    } else {
                        i64::from(*target) - i64::from(*at)
                    };
                    is_short(self.words[*at as usize]) && distance.abs() > most
                })
                .map(|(at, _)| *at)
                .collect();
            // Those found before are found again: distances only grow.
            if found.len() == far.len() {
                return far;
            }
            far = found;
        }
        far
    }
}

/// Where an instruction has its distance.
fn distance_place(word: u64) -> Option<Place> {
    let operands = Op::ALL[usize::from(word as u8)].operands();
    operands.iter().find_map(|(_, operand)| match operand {
        Operand::Distance(place) => Some(*place),
        _ => None,
    })
}

fn is_short(word: u64) -> bool {
    distance_place(word) == Some(Place::C)
}

fn with_distance(word: u64, distance: i32) -> u64 {
    match distance_place(word) {
        Some(Place::C) => word & !(0xFFFF << 48) | u64::from(distance as u16) << 48,
        _ => word & 0xFFFF_FFFF | u64::from(distance as u32) << 32,
    }
}

/// The compare-and-jump that jumps when this one does not.
fn opposite(word: u64) -> u64 {
    const PAIRS: [(Op, Op); 11] = [
        (Op::JumpIfLess, Op::JumpIfNotLess),
        (Op::JumpIfLessEqual, Op::JumpIfNotLessEqual),
        (Op::JumpIfGreater, Op::JumpIfNotGreater),
        (Op::JumpIfGreaterEqual, Op::JumpIfNotGreaterEqual),
        (Op::JumpIfStrictEqual, Op::JumpIfStrictNotEqual),
        (Op::JumpIfEqual, Op::JumpIfNotEqual),
        (Op::JumpIfLessInt, Op::JumpIfNotLessInt),
        (Op::JumpIfLessEqualInt, Op::JumpIfNotLessEqualInt),
        (Op::JumpIfGreaterInt, Op::JumpIfNotGreaterInt),
        (Op::JumpIfGreaterEqualInt, Op::JumpIfNotGreaterEqualInt),
        (Op::JumpIfStrictEqualInt, Op::JumpIfStrictNotEqualInt),
    ];
    let op = Op::ALL[usize::from(word as u8)];
    let found = PAIRS.iter().find_map(|(one, other)| match () {
        () if op == *one => Some(*other),
        () if op == *other => Some(*one),
        () => None,
    });
    let opposite = found.expect("every short jump has an opposite");
    word & !0xFF | opposite as u64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytecode::Register;
    use crate::heap::Settings;
    use crate::object::Memory;

    fn assemble(build: impl FnOnce(&mut Assembler)) -> Vec<Instruction> {
        let memory = Memory::new(Settings::default());
        let mut assembler = Assembler::new(&memory);
        build(&mut assembler);
        let words = assembler.finish().words;
        words.into_iter().map(|word| Instruction::decode(word).expect("an instruction")).collect()
    }

    const LESS: Instruction = Instruction::JumpIfLess { lhs: Register(1), rhs: Register(2), to: 0 };

    #[test]
    fn jumps_lead_to_their_labels() {
        let code = assemble(|code| {
            let (start, end) = (code.label_here(), code.label());
            code.emit_jump(LESS, end);
            code.emit_jump(Instruction::Loop { to: 0 }, start);
            code.bind(end);
            code.emit(Instruction::ReturnUndefined {});
        });
        assert_eq!(
            code,
            [
                Instruction::JumpIfLess { lhs: Register(1), rhs: Register(2), to: 1 },
                Instruction::Loop { to: -2 },
                Instruction::ReturnUndefined {},
            ]
        );
    }

    #[test]
    fn jumps_to_jumps_are_led_on() {
        let code = assemble(|code| {
            let (middle, end) = (code.label(), code.label());
            code.emit_jump(LESS, middle);
            code.emit(Instruction::LoadTrue { dst: Register(0) });
            code.bind(middle);
            code.emit_jump(Instruction::Jump { to: 0 }, end);
            code.bind(end);
            code.emit(Instruction::ReturnUndefined {});
        });
        assert_eq!(code[0], Instruction::JumpIfLess { lhs: Register(1), rhs: Register(2), to: 2 });
    }

    #[test]
    fn what_control_does_not_come_to_is_left_out() {
        let code = assemble(|code| {
            let (start, end) = (code.label_here(), code.label());
            code.emit(Instruction::Return { src: Register(0) });
            code.emit(Instruction::LoadNull { dst: Register(0) });
            code.emit_jump(LESS, end);
            code.emit_jump(Instruction::Loop { to: 0 }, start);
            code.bind(end);
            code.emit(Instruction::ReturnUndefined {});
        });
        assert_eq!(code, [Instruction::Return { src: Register(0) }]);
    }

    #[test]
    fn far_comparisons_become_two_jumps() {
        const MANY: usize = 40_000;
        let code = assemble(|code| {
            let end = code.label();
            code.emit_jump(LESS, end);
            code.emit_jump(LESS, end);
            for _ in 0..MANY {
                code.emit(Instruction::LoadNull { dst: Register(0) });
            }
            code.bind(end);
            code.emit(Instruction::ReturnUndefined {});
        });
        let skip = Instruction::JumpIfNotLess { lhs: Register(1), rhs: Register(2), to: 1 };
        assert_eq!(code[0], skip);
        assert_eq!(code[1], Instruction::Jump { to: MANY as i32 + 2 });
        assert_eq!(code[2], skip);
        assert_eq!(code[3], Instruction::Jump { to: MANY as i32 });
        assert_eq!(code.len(), MANY + 5);
    }

    #[test]
    fn words_decode_to_what_was_encoded() {
        for instruction in [
            Instruction::LoadInt { dst: Register(65535), value: i32::MIN },
            Instruction::AddInt { dst: Register(1), lhs: Register(2), value: -3 },
            Instruction::SetElement {
                object: Register(1),
                key: Register(2),
                src: Register(3),
                strict: 1,
            },
            Instruction::LoadConstant { dst: Register(0), constant: u32::MAX },
        ] {
            assert_eq!(Instruction::decode(instruction.encode()), Some(instruction));
        }
    }
}
