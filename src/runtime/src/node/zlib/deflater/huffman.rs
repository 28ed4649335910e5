//! Codes of variable length for symbols of different frequency (RFC 1951 §3.2).

/// How many codes an alphabet has at most.
pub(super) const MOST: usize = 288;

/// What is the same for all codes of an alphabet.
pub(super) struct Alphabet {
    pub(super) size: usize,
    /// No code is longer.
    pub(super) longest: usize,
    /// Bits that follow the codes of symbols, from the symbol `first_extra` on.
    pub(super) extra: &'static [u8],
    pub(super) first_extra: usize,
}

/// Frequencies of symbols, and then codes for them.
pub(super) struct Code {
    pub(super) frequencies: Vec<u32>,
    /// By symbol, the lowest bit first.
    pub(super) bits: Vec<u16>,
    pub(super) lengths: Vec<u8>,
    /// The last symbol that has a code.
    pub(super) last: usize,
}

impl Code {
    pub(super) fn new(size: usize) -> Self {
        Self { frequencies: vec![0; size], bits: vec![0; size], lengths: vec![0; size], last: 0 }
    }

    /// The code of given lengths.
    pub(super) fn of_lengths(lengths: Vec<u8>) -> Self {
        let mut code = Self::new(lengths.len());
        code.last = lengths.len() - 1;
        code.lengths = lengths;
        code.assign_bits();
        code
    }

    /// Makes a code for the frequencies.
    pub(super) fn build(&mut self, alphabet: &Alphabet) {
        let mut tree = Tree::new(&self.frequencies, alphabet.size);
        self.last = tree.last;
        self.lengths.fill(0);
        tree.build();
        tree.limit_lengths(alphabet.longest, &mut self.lengths);
        self.assign_bits();
    }

    /// How many bits everything takes that the frequencies count, with the lengths of a
    /// code.
    pub(super) fn cost(&self, lengths: &[u8], alphabet: &Alphabet) -> usize {
        (0..alphabet.size)
            .map(|symbol| {
                let extra = symbol
                    .checked_sub(alphabet.first_extra)
                    .and_then(|index| alphabet.extra.get(index))
                    .copied()
                    .unwrap_or(0);
                self.frequencies[symbol] as usize * usize::from(lengths[symbol] + extra)
            })
            .sum()
    }

    /// Codes of a length follow each other in the order of the symbols.
    fn assign_bits(&mut self) {
        let mut counts = [0u16; 16];
        for length in &self.lengths {
            counts[usize::from(*length)] += 1;
        }
        counts[0] = 0;
        let mut next = [0u16; 16];
        for length in 1..16 {
            next[length] = (next[length - 1] + counts[length - 1]) << 1;
        }
        for (symbol, length) in self.lengths.iter().enumerate() {
            if *length > 0 {
                let code = &mut next[usize::from(*length)];
                self.bits[symbol] = code.reverse_bits() >> (16 - length);
                *code += 1;
            }
        }
    }
}

/// A tree under construction: symbols are its leaves, and come first among the nodes.
struct Tree {
    frequencies: Vec<u32>,
    depths: Vec<u8>,
    parents: Vec<u16>,
    /// Nodes that have no parent yet: a heap, the rarest first, from index 1 on.
    heap: Vec<u16>,
    /// Nodes in the order in which they were joined.
    joined: Vec<u16>,
    last: usize,
    leaves: usize,
}

impl Tree {
    fn new(frequencies: &[u32], leaves: usize) -> Self {
        let mut frequencies = frequencies[..leaves].to_vec();
        let mut heap = vec![0];
        let mut last = None;
        for (symbol, frequency) in frequencies.iter().enumerate() {
            if *frequency > 0 {
                heap.push(symbol as u16);
                last = Some(symbol);
            }
        }
        // Two symbols at least have codes: decoders want it so.
        while heap.len() < 3 {
            // Another one of the first three, as zlib has it.
            let symbol = match last {
                Some(last) if last >= 2 => 0,
                last => last.map_or(0, |last| last + 1),
            };
            frequencies[symbol] = 1;
            heap.push(symbol as u16);
            if last.is_none_or(|last| last < 2) {
                last = Some(symbol);
            }
        }
        let nodes = 2 * leaves + 1;
        frequencies.resize(nodes, 0);
        Self {
            frequencies,
            depths: vec![0; nodes],
            parents: vec![0; nodes],
            heap,
            joined: Vec::with_capacity(nodes),
            last: last.unwrap_or(0),
            leaves,
        }
    }

    /// Lets a node sink to its place in the heap.
    fn sink(&mut self, mut place: usize) {
        let node = self.heap[place];
        let count = self.heap.len() - 1;
        loop {
            let mut child = 2 * place;
            if child > count {
                break;
            }
            if child < count && self.is_less(self.heap[child + 1], self.heap[child]) {
                child += 1;
            }
            if self.is_less(node, self.heap[child]) {
                break;
            }
            self.heap[place] = self.heap[child];
            place = child;
        }
        self.heap[place] = node;
    }

    /// Rarer, or as rare and not deeper.
    fn is_less(&self, one: u16, other: u16) -> bool {
        let key = |node: u16| (self.frequencies[usize::from(node)], self.depths[usize::from(node)]);
        key(one) <= key(other)
    }

    /// Joins the two rarest nodes until one is left.
    fn build(&mut self) {
        for place in (1..=(self.heap.len() - 1) / 2).rev() {
            self.sink(place);
        }
        let mut next = self.leaves;
        while self.heap.len() > 2 {
            let rarest = self.heap[1];
            let last = self.heap.pop().unwrap_or(rarest);
            self.heap[1] = last;
            self.sink(1);
            let second = self.heap[1];
            self.joined.extend([rarest, second]);
            let [one, other] = [rarest, second].map(usize::from);
            self.frequencies[next] = self.frequencies[one] + self.frequencies[other];
            self.depths[next] = self.depths[one].max(self.depths[other]) + 1;
            self.parents[one] = next as u16;
            self.parents[other] = next as u16;
            self.heap[1] = next as u16;
            next += 1;
            self.sink(1);
        }
        self.joined.push(self.heap[1]);
    }

    /// The lengths of the codes, none longer than allowed: where the tree is deeper, leaves
    /// move under others.
    fn limit_lengths(&self, longest: usize, lengths: &mut [u8]) {
        let mut depth = vec![0usize; self.frequencies.len()];
        let mut counts = [0usize; 17];
        let mut too_deep = 0usize;
        for node in self.joined.iter().rev().skip(1) {
            let node = usize::from(*node);
            let mut length = depth[usize::from(self.parents[node])] + 1;
            if length > longest {
                length = longest;
                too_deep += 1;
            }
            depth[node] = length;
            if node < self.leaves {
                counts[length] += 1;
                lengths[node] = length as u8;
            }
        }
        if too_deep == 0 {
            return;
        }
        while too_deep > 0 {
            let mut length = longest - 1;
            while counts[length] == 0 {
                length -= 1;
            }
            counts[length] -= 1;
            counts[length + 1] += 2;
            counts[longest] -= 1;
            too_deep = too_deep.saturating_sub(2);
        }
        // The rarest get the longest codes.
        let mut leaves = self.joined.iter().filter(|node| usize::from(**node) < self.leaves);
        for length in (1..=longest).rev() {
            for leaf in leaves.by_ref().take(counts[length]) {
                lengths[usize::from(*leaf)] = length as u8;
            }
        }
    }
}
