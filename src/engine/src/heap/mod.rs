//! The heap: memory for cells, and the collector that takes it back.
//!
//! Cells lie in blocks of one size each. A collection marks what is reachable in a
//! bitmap; afterwards allocation bumps through the stretches without marks, so
//! nothing is swept and dead cells are never touched. Marks stay: a minor
//! collection takes marked cells for alive and looks only at those allocated since,
//! and at marked ones that were written to (see [`Heap::write_barrier`]).
//!
//! What roots are: [`Root`] and [`RootedVec`], the virtual machine's stack, and
//! every word on the native stack that is the address of a cell.

mod block;
mod cell;
mod native_stack;
mod roots;
mod shapes;
mod tracer;

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::ptr::NonNull;
use std::rc::Rc;

use rustc_hash::FxHashSet;

use block::{BLOCK_SIZE, BlockRef, LARGEST_SMALL};
pub use cell::{
    CellKind, CellType, GRANULE, Gc, Header, HeapCell, NOT_A_CELL, WeakType, cell_in_word,
    cell_type,
};
use cell::{OLD, REMEMBERED};
use roots::RootTable;
pub use roots::{Root, RootedVec, Word};
use shapes::ShapeTable;
pub use tracer::{Liveness, Tracer};

/// The sizes of small cells, in bytes.
const SIZES: [usize; 28] = [
    16, 32, 48, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384, 448, 512, 640, 768, 896, 1024,
    1280, 1536, 1792, 2048, 2560, 3072, 3584, 4096,
];

/// The class of each size, by the number of granules.
static CLASSES: [u8; LARGEST_SMALL / GRANULE + 1] = {
    let mut classes = [0; LARGEST_SMALL / GRANULE + 1];
    let (mut granules, mut class) = (0, 0);
    while granules < classes.len() {
        if granules * GRANULE > SIZES[class] {
            class += 1;
        }
        classes[granules] = class as u8;
        granules += 1;
    }
    classes
};

/// How the heap behaves.
#[derive(Clone, Copy, Debug)]
pub struct Settings {
    /// The most memory that cells and what they own may take, in bytes.
    pub limit: usize,
    /// How much is allocated between two minor collections, in bytes.
    pub nursery: usize,
    /// Collect at every so many allocations and poison what is freed: to find
    /// references that the collector does not see.
    pub stress: Option<u32>,
}

impl Default for Settings {
    fn default() -> Self {
        Self { limit: 4 << 30, nursery: 4 << 20, stress: None }
    }
}

/// What the collector has done.
#[derive(Clone, Copy, Debug, Default)]
pub struct Statistics {
    /// Minor collections.
    pub minor_collections: u32,
    /// Major collections.
    pub major_collections: u32,
    /// Time in collections, in nanoseconds.
    pub pause_total: u64,
    /// The longest collection, in nanoseconds.
    pub pause_longest: u64,
    /// Bytes handed out for cells.
    pub allocated: u64,
    /// Bytes of live cells after the last collection.
    pub live: usize,
    /// Bytes taken from the system for cells.
    pub committed: usize,
    /// Bytes that cells own outside the heap.
    pub external: usize,
}

/// A stretch of words outside the heap, up to an end that moves, where cells are
/// referred to: the virtual machine's stack. Like the native one it holds what was
/// left behind by calls that have returned, so its words are looked at with care.
#[derive(Clone, Copy)]
struct WordRange {
    start: *const u64,
    end: *const Cell<*const u64>,
}

/// Something that refers to cells weakly from outside the heap.
pub trait WeakTable {
    /// Forgets what is not alive.
    fn sweep(&self, liveness: &Liveness<'_>);
}

/// Where the next cell of a size goes.
struct Space {
    next: Cell<usize>,
    /// Up to where allocation may bump.
    end: Cell<usize>,
    /// The end of the hole: further on in stress mode, where every allocation
    /// takes the slow way.
    hole_end: Cell<usize>,
    blocks: RefCell<Vec<BlockRef>>,
    /// The first block whose holes have not all been handed out since the last
    /// collection.
    current: Cell<usize>,
}

/// The lists of cells by age.
const ELDER: usize = 0;
const YOUNG: usize = 1;

/// A heap. It belongs to one thread.
pub struct Heap {
    spaces: [Space; SIZES.len()],
    types: &'static [CellType],
    settings: Settings,
    /// The addresses of shared blocks.
    blocks: RefCell<FxHashSet<usize>>,
    /// Those of them that have no cells: any size may have them.
    empty: RefCell<Vec<BlockRef>>,
    /// Blocks of one large cell, by address.
    large: RefCell<BTreeMap<usize, BlockRef>>,
    shapes: ShapeTable,
    roots: Rc<RootTable>,
    ranges: RefCell<Vec<WordRange>>,
    weak_tables: RefCell<Vec<Rc<dyn WeakTable>>>,
    /// Cells with weak references.
    weak_cells: RefCell<Vec<NonNull<Header>>>,
    /// Cells that own memory outside the heap: those that were there at the last
    /// collection, and younger ones.
    owners: [RefCell<Vec<NonNull<Header>>>; 2],
    /// Old cells that may refer to young ones.
    remembered: RefCell<Vec<NonNull<Header>>>,
    /// A place on the native stack below which no cell is referred to.
    stack_base: Cell<usize>,
    /// The number of collections.
    cycle: Cell<u32>,
    /// Bytes handed out since the last collection, external ones included.
    since_collection: Cell<usize>,
    /// The size of live cells and external memory that asks for a major
    /// collection.
    major_at: Cell<usize>,
    until_stress: Cell<u32>,
    /// A collection is going on, or must not.
    collecting: Cell<bool>,
    statistics: Cell<Statistics>,
}

impl Heap {
    /// An empty heap for cells of the given types, by kind.
    #[must_use]
    pub fn new(types: &'static [CellType], settings: Settings) -> Self {
        Self {
            spaces: [const {
                Space {
                    next: Cell::new(0),
                    end: Cell::new(0),
                    hole_end: Cell::new(0),
                    blocks: RefCell::new(Vec::new()),
                    current: Cell::new(0),
                }
            }; SIZES.len()],
            types,
            settings,
            blocks: RefCell::default(),
            empty: RefCell::default(),
            large: RefCell::default(),
            shapes: ShapeTable::new(),
            roots: Rc::default(),
            ranges: RefCell::default(),
            weak_tables: RefCell::default(),
            weak_cells: RefCell::default(),
            owners: Default::default(),
            remembered: RefCell::default(),
            stack_base: Cell::new(0),
            cycle: Cell::new(0),
            since_collection: Cell::new(0),
            major_at: Cell::new(settings.nursery * 4),
            until_stress: Cell::new(settings.stress.unwrap_or(u32::MAX)),
            collecting: Cell::new(false),
            statistics: Cell::default(),
        }
    }

    // -----------------------------------------------------------------------
    // Allocation
    // -----------------------------------------------------------------------

    /// Moves a cell into the heap.
    #[inline]
    pub fn allocate<T: HeapCell>(&self, cell: T) -> Gc<T> {
        self.allocate_with_tail(cell, 0)
    }

    /// Moves a cell into the heap, with `tail` zeroed bytes after it.
    #[inline]
    pub fn allocate_with_tail<T: HeapCell>(&self, cell: T, tail: usize) -> Gc<T> {
        const { assert!(align_of::<T>() <= GRANULE && size_of::<T>() >= size_of::<Header>()) };
        let memory = self.memory(size_of::<T>() + tail).cast::<T>();
        // SAFETY: The memory is ours, large enough and aligned.
        unsafe { memory.write(cell) };
        if std::mem::needs_drop::<T>() {
            self.owners[YOUNG].borrow_mut().push(memory.cast());
        }
        if self.types[usize::from(T::KIND.0)].weak.is_some() {
            self.weak_cells.borrow_mut().push(memory.cast());
        }
        // SAFETY: There it lies.
        unsafe { Gc::from_ptr(memory) }
    }

    /// Zeroed memory for a cell.
    #[inline]
    fn memory(&self, size: usize) -> NonNull<u8> {
        if size <= LARGEST_SMALL {
            let class = usize::from(CLASSES[size.div_ceil(GRANULE)]);
            let space = &self.spaces[class];
            let start = space.next.get();
            let next = start + SIZES[class];
            if next <= space.end.get() {
                space.next.set(next);
                return Self::pointer(start);
            }
            return self.memory_slowly(class);
        }
        self.large_memory(size)
    }

    fn pointer(address: usize) -> NonNull<u8> {
        let pointer = std::ptr::with_exposed_provenance_mut(address);
        // SAFETY: Blocks do not lie at address zero.
        unsafe { NonNull::new_unchecked(pointer) }
    }

    #[cold]
    #[inline(never)]
    fn memory_slowly(&self, class: usize) -> NonNull<u8> {
        self.collect_if_due();
        let space = &self.spaces[class];
        loop {
            let start = space.next.get();
            if start + SIZES[class] <= space.hole_end.get() {
                space.next.set(start + SIZES[class]);
                if self.settings.stress.is_none() {
                    space.end.set(space.hole_end.get());
                }
                return Self::pointer(start);
            }
            let block = space.blocks.borrow().get(space.current.get()).copied();
            let block = block.unwrap_or_else(|| self.new_block(class));
            let Some(hole) = block.next_hole(self.cycle.get()) else {
                space.current.set(space.current.get() + 1);
                continue;
            };
            self.account(hole.end - hole.start);
            space.next.set(hole.start);
            space.hole_end.set(hole.end);
        }
    }

    fn new_block(&self, class: usize) -> BlockRef {
        let (size, cycle) = (SIZES[class], self.cycle.get());
        let empty = self.empty.borrow_mut().pop();
        let block = if let Some(block) = empty {
            // SAFETY: It has no cells.
            unsafe { block.reuse(size, cycle) };
            block
        } else {
            let block = BlockRef::allocate(size, cycle)
                .unwrap_or_else(|| out_of_memory("Allocation failed"));
            self.commit(BLOCK_SIZE as isize);
            self.blocks.borrow_mut().insert(block.address());
            block
        };
        self.spaces[class].blocks.borrow_mut().push(block);
        block
    }

    #[cold]
    fn large_memory(&self, size: usize) -> NonNull<u8> {
        self.collect_if_due();
        let block = BlockRef::allocate_large(size, self.cycle.get())
            .unwrap_or_else(|| out_of_memory("Allocation failed"));
        self.large.borrow_mut().insert(block.address(), block);
        self.commit(block.size() as isize);
        self.account(size);
        Self::pointer(block.first_cell())
    }

    fn commit(&self, bytes: isize) {
        self.update_statistics(|statistics| {
            statistics.committed = statistics.committed.saturating_add_signed(bytes);
        });
        if bytes > 0 && self.used() > self.settings.limit + self.settings.limit / 4 {
            out_of_memory("Reached heap limit Allocation failed");
        }
    }

    fn account(&self, bytes: usize) {
        self.since_collection.set(self.since_collection.get() + bytes);
        self.update_statistics(|statistics| statistics.allocated += bytes as u64);
    }

    fn update_statistics(&self, update: impl FnOnce(&mut Statistics)) {
        let mut statistics = self.statistics.get();
        update(&mut statistics);
        self.statistics.set(statistics);
    }

    /// The memory that cells and what they own take, in bytes.
    pub fn used(&self) -> usize {
        let statistics = self.statistics.get();
        statistics.committed + statistics.external
    }

    /// Whether so many more bytes would be too many. What may be large asks first,
    /// and throws.
    pub fn would_exceed_limit(&self, bytes: usize) -> bool {
        let limit = self.settings.limit;
        if self.used().saturating_add(bytes) <= limit {
            return false;
        }
        self.collect();
        self.used().saturating_add(bytes) > limit
    }

    /// Whether the limit has been passed; a collection does not help any more.
    pub fn is_exhausted(&self) -> bool {
        self.used() > self.settings.limit && self.would_exceed_limit(0)
    }

    /// A cell has come to own so many bytes outside the heap, or given them up.
    pub fn external_memory(&self, bytes: isize) {
        self.update_statistics(|statistics| {
            statistics.external = statistics.external.saturating_add_signed(bytes);
        });
        if bytes > 0 {
            self.since_collection.set(self.since_collection.get() + bytes.unsigned_abs());
        }
    }

    /// Gives a shape its number.
    pub fn number_shape<T: HeapCell>(&self, shape: Gc<T>) -> u32 {
        self.shapes.add(shape.header_ptr())
    }

    /// The shape of a number.
    ///
    /// # Safety
    /// The number was given to a shape of this type, which is alive.
    #[inline]
    pub unsafe fn shape<T: HeapCell>(&self, number: u32) -> Gc<T> {
        // SAFETY: By the caller's word.
        unsafe { Gc::from_ptr(self.shapes.get(number).unwrap_unchecked().cast()) }
    }

    /// The shape of a number, if it is alive.
    pub fn shape_if_alive<T: HeapCell>(&self, number: u32) -> Option<Gc<T>> {
        let cell = self.shapes.get(number)?;
        // SAFETY: The cell is there. Its kind says whether it is of this type.
        unsafe { (cell.as_ref().kind() == T::KIND).then(|| Gc::from_ptr(cell.cast())) }
    }

    // -----------------------------------------------------------------------
    // Roots
    // -----------------------------------------------------------------------

    /// Keeps a cell alive from anywhere.
    pub fn root<T>(&self, cell: Gc<T>) -> Root<T> {
        Root::new(&self.roots, cell)
    }

    /// An empty list that may hold cells anywhere.
    pub fn rooted_vec<T: Word>(&self) -> RootedVec<T> {
        RootedVec::new(&self.roots)
    }

    /// The words from `start` to what `end` holds may refer to cells from now on.
    ///
    /// # Safety
    /// They are initialised, and stay so as long as the heap lives, as does `end`.
    pub unsafe fn add_root_range(&self, start: *const u64, end: *const Cell<*const u64>) {
        self.ranges.borrow_mut().push(WordRange { start, end });
    }

    /// A table is told what to forget from now on.
    pub fn add_weak_table(&self, table: Rc<dyn WeakTable>) {
        self.weak_tables.borrow_mut().push(table);
    }

    /// Runs code that may refer to cells from the native stack. Outside of it the
    /// native stack is not looked at.
    pub fn enter<R>(&self, run: impl FnOnce() -> R) -> R {
        /// Runs in a frame of its own, which is deeper than its caller's.
        #[inline(never)]
        fn call<F: FnOnce() -> R, R>(run: &mut Option<F>) -> Option<R> {
            run.take().map(|run| run())
        }
        let mut run = Some(run);
        let outer = self.stack_base.get();
        if outer == 0 {
            // What the closure has captured counts too.
            self.stack_base.set((&raw const run).wrapping_add(1).addr());
        }
        let result = call(&mut run);
        self.stack_base.set(outer);
        result.unwrap_or_else(|| unreachable!("what is run is there"))
    }

    /// Runs code during which there are no collections. It may hold cells anywhere,
    /// and move to another native stack.
    pub fn without_collections<R>(&self, run: impl FnOnce() -> R) -> R {
        let outer = self.collecting.replace(true);
        let result = run();
        self.collecting.set(outer);
        result
    }

    /// The cell that lies at an address or around it.
    fn cell_at(&self, address: usize) -> Option<NonNull<Header>> {
        let start = address & !(BLOCK_SIZE - 1);
        let block = if self.blocks.borrow().contains(&start) {
            // SAFETY: The set holds addresses of blocks.
            unsafe { BlockRef::at(start) }
        } else {
            *self.large.borrow().range(..=address).next_back()?.1
        };
        block.cell_at(address, self.cycle.get())
    }

    /// Whether a word that has been left behind somewhere is no reference to a cell, or
    /// one to a cell that is there.
    pub fn holds(&self, word: u64) -> bool {
        cell_in_word(word)
            .is_none_or(|cell| self.cell_at(cell.addr().get()).is_some_and(|found| found == cell))
    }

    // -----------------------------------------------------------------------
    // The write barrier
    // -----------------------------------------------------------------------

    /// Says that `holder` has come to refer to what `word` refers to. Every store
    /// into a cell that may be old is followed by this.
    #[inline]
    pub fn write_barrier<T>(&self, holder: Gc<T>, word: u64) {
        if Self::needs_write_barrier(holder, word) {
            self.remember(holder.header_ptr());
        }
    }

    /// Whether [`Self::write_barrier`] would do anything.
    #[inline]
    pub fn needs_write_barrier<T>(holder: Gc<T>, word: u64) -> bool {
        // SAFETY: Every cell begins with a header.
        let header = unsafe { holder.header_ptr().as_ref() };
        header.collector_flags() == OLD && cell_in_word(word).is_some()
    }

    /// [`Self::write_barrier`] for any number of stores into `holder`.
    #[inline]
    pub fn write_barrier_all<T>(&self, holder: Gc<T>) {
        // SAFETY: Every cell begins with a header.
        if unsafe { holder.header_ptr().as_ref() }.collector_flags() == OLD {
            self.remember(holder.header_ptr());
        }
    }

    #[cold]
    #[inline(never)]
    fn remember(&self, holder: NonNull<Header>) {
        // SAFETY: The holder is alive.
        unsafe { holder.as_ref() }.set_collector_flags(OLD | REMEMBERED);
        self.remembered.borrow_mut().push(holder);
    }

    // -----------------------------------------------------------------------
    // Collection
    // -----------------------------------------------------------------------

    fn collect_if_due(&self) {
        if self.settings.stress.is_some() {
            let left = self.until_stress.get() - 1;
            self.until_stress.set(left);
            if left == 0 {
                self.until_stress.set(self.settings.stress.unwrap_or(u32::MAX));
                // Majors find what minors hide, and the other way round.
                self.run_collection(self.cycle.get() % 4 == 3);
            }
            return;
        }
        if self.since_collection.get() < self.settings.nursery {
            return;
        }
        self.run_collection(false);
        let statistics = self.statistics.get();
        if statistics.live + statistics.external > self.major_at.get() {
            self.run_collection(true);
        }
    }

    /// Does a major collection.
    pub fn collect(&self) {
        self.run_collection(true);
    }

    #[inline(never)]
    fn run_collection(&self, major: bool) {
        // Outside of `enter` nobody holds cells; within a collection nobody
        // allocates.
        if self.collecting.replace(true) {
            return;
        }
        let begin = std::time::Instant::now();
        // Both stacks are read by the old marks, so before they are cleared.
        let mut found = Vec::new();
        if self.stack_base.get() != 0 {
            native_stack::each_word(self.stack_base.get(), &mut |word| {
                found.extend(self.cell_at(word));
            });
        }
        for range in self.ranges.borrow().iter() {
            // SAFETY: `add_root_range` was promised that the end lives.
            let end = unsafe { (*range.end).get() };
            let mut at = range.start;
            while at < end {
                // SAFETY: The words up to the end are initialised.
                let cell = cell_in_word(unsafe { *at });
                found.extend(cell.and_then(|cell| self.cell_at(cell.addr().get())));
                at = at.wrapping_add(1);
            }
        }
        let mut tracer = Tracer::new(self.types, &self.shapes);
        if major {
            self.each_block(BlockRef::clear_marks);
        }
        for cell in found {
            tracer.header(cell);
        }
        self.trace_roots(&mut tracer, major);
        self.trace_ephemerons(&mut tracer);
        self.sweep(major);
        let marked = tracer.marked_bytes();
        self.finish(major, marked, begin);
        self.collecting.set(false);
    }

    fn each_block(&self, mut visit: impl FnMut(BlockRef)) {
        for space in &self.spaces {
            space.blocks.borrow().iter().copied().for_each(&mut visit);
        }
        self.empty.borrow().iter().copied().for_each(&mut visit);
        self.large.borrow().values().copied().for_each(visit);
    }

    fn trace_roots(&self, tracer: &mut Tracer<'_>, major: bool) {
        self.roots.trace(tracer);
        for cell in self.remembered.borrow_mut().drain(..) {
            // A major collection comes to them if they are alive.
            if !major {
                // SAFETY: Remembered cells are old, and a minor collection frees
                // none of those.
                unsafe { cell.as_ref() }.set_collector_flags(OLD);
                tracer.children(cell);
            }
        }
        tracer.drain();
    }

    /// Marks the values of ephemerons whose keys are alive, until there are no
    /// more.
    fn trace_ephemerons(&self, tracer: &mut Tracer<'_>) {
        loop {
            for cell in self.weak_cells.borrow().iter().filter(|cell| tracer::is_marked(**cell)) {
                // SAFETY: The cell is alive, and of its kind.
                unsafe {
                    if let Some(weak) = self.types[usize::from(cell.as_ref().kind().0)].weak {
                        (weak.ephemerons)(*cell, tracer);
                    }
                }
            }
            if !tracer.has_work() {
                return;
            }
            tracer.drain();
        }
    }

    /// Lets go of what was not marked.
    fn sweep(&self, major: bool) {
        let liveness = Liveness { is_minor: !major, collection: std::marker::PhantomData };
        for table in self.weak_tables.borrow().iter() {
            table.sweep(&liveness);
        }
        self.weak_cells.borrow_mut().retain(|cell| {
            let alive = tracer::is_marked(*cell);
            if alive {
                // SAFETY: The cell is alive, and of its kind.
                unsafe {
                    if let Some(weak) = self.types[usize::from(cell.as_ref().kind().0)].weak {
                        (weak.sweep)(*cell, &liveness);
                    }
                }
            }
            alive
        });
        self.shapes.sweep();
        if major {
            self.drop_dead(&mut self.owners[ELDER].borrow_mut());
        }
        let mut young = self.owners[YOUNG].borrow_mut();
        self.drop_dead(&mut young);
        self.owners[ELDER].borrow_mut().append(&mut young);
        let mut given_back = 0;
        self.large.borrow_mut().retain(|_, block| {
            let alive = block.has_marks();
            if !alive {
                given_back += block.size();
                // SAFETY: Its only cell is dead.
                unsafe { block.free() };
            }
            alive
        });
        self.take_empty_blocks(major);
        if major {
            given_back += self.free_empty_blocks();
        }
        self.commit(-(given_back as isize));
        for space in &self.spaces {
            space.next.set(0);
            space.end.set(0);
            space.hole_end.set(0);
            space.current.set(0);
        }
        if self.settings.stress.is_some() {
            self.each_block(BlockRef::poison);
        }
    }

    /// Drops those of some cells that are dead.
    fn drop_dead(&self, cells: &mut Vec<NonNull<Header>>) {
        cells.retain(|cell| {
            let alive = tracer::is_marked(*cell);
            if !alive {
                // SAFETY: The cell is dead, which is found out once: it leaves
                // the list.
                unsafe { self.drop_cell(*cell) };
            }
            alive
        });
    }

    /// Drops a cell in place.
    ///
    /// # Safety
    /// It has not been dropped before, and nobody uses it after.
    unsafe fn drop_cell(&self, cell: NonNull<Header>) {
        // SAFETY: The type is that of the cell's kind; for the rest by the
        // caller's word.
        unsafe {
            if let Some(drop) = self.types[usize::from(cell.as_ref().kind().0)].drop {
                let external = drop(cell);
                if external > 0 {
                    self.external_memory(-(external as isize));
                }
            }
        }
    }

    /// Takes the blocks without live cells from the sizes that have them. A minor
    /// collection can only have emptied those that were allocated in since the last one.
    fn take_empty_blocks(&self, major: bool) {
        let mut empty = self.empty.borrow_mut();
        for space in &self.spaces {
            let mut blocks = space.blocks.borrow_mut();
            let used = if major { blocks.len() } else { space.current.get() + 1 };
            let mut index = 0;
            blocks.retain(|block| {
                index += 1;
                let stays = index > used || block.has_marks();
                if !stays {
                    empty.push(*block);
                }
                stays
            });
        }
    }

    /// Gives back empty blocks, but for as many as are allocated until the next
    /// collection, and a quarter of the others: they will be wanted again.
    fn free_empty_blocks(&self) -> usize {
        let mut empty = self.empty.borrow_mut();
        let at_hand = self.settings.nursery / BLOCK_SIZE;
        let kept = at_hand + empty.len().saturating_sub(at_hand) / 4;
        let mut addresses = self.blocks.borrow_mut();
        let mut given_back = 0;
        while empty.len() > kept {
            let Some(block) = empty.pop() else { break };
            addresses.remove(&block.address());
            given_back += block.size();
            // SAFETY: All its cells are dead.
            unsafe { block.free() };
        }
        given_back
    }

    fn finish(&self, major: bool, marked: usize, begin: std::time::Instant) {
        self.cycle.set(self.cycle.get() + 1);
        self.since_collection.set(0);
        let pause = begin.elapsed().as_nanos() as u64;
        self.update_statistics(|statistics| {
            statistics.pause_total += pause;
            statistics.pause_longest = statistics.pause_longest.max(pause);
            if major {
                statistics.major_collections += 1;
                statistics.live = marked;
            } else {
                statistics.minor_collections += 1;
                statistics.live += marked;
            }
        });
        if major {
            let statistics = self.statistics.get();
            let live = statistics.live + statistics.external;
            self.major_at.set((live * 2).max(self.settings.nursery * 4));
        }
    }

    /// What the collector has done so far.
    pub fn statistics(&self) -> Statistics {
        self.statistics.get()
    }
}

impl Drop for Heap {
    fn drop(&mut self) {
        for cells in &self.owners {
            for cell in cells.borrow_mut().drain(..) {
                // SAFETY: Each cell stands in the lists once, and nobody uses it
                // after the heap.
                unsafe { self.drop_cell(cell) };
            }
        }
        // SAFETY: Nobody uses the cells after the heap.
        self.each_block(|block| unsafe { block.free() });
    }
}

/// Ends the process, in V8's words and with the exit code that its `SIGABRT` has in a
/// shell: a program cannot go on without memory.
#[cold]
fn out_of_memory(why: &str) -> ! {
    eprintln!("FATAL ERROR: {why} - JavaScript heap out of memory");
    std::process::exit(134);
}
