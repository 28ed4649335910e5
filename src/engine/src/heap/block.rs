//! Blocks: aligned stretches of memory with cells of one size.

use std::alloc::{Layout, alloc, alloc_zeroed, dealloc};
use std::cell::Cell;
use std::ptr::NonNull;

use super::cell::{GRANULE, Header};

/// The size of a block and what its address is a multiple of, in bytes. A large
/// cell has a block of its own, which is longer.
pub const BLOCK_SIZE: usize = 32 << 10;

const MARK_WORDS: usize = BLOCK_SIZE / GRANULE / 64;

/// Where the first cell of a block lies.
const FIRST: usize = size_of::<Block>().next_multiple_of(GRANULE);

/// The most bytes that a cell in a shared block may have.
pub const LARGEST_SMALL: usize = 4096;

/// What stands at the beginning of a block.
#[repr(C, align(16))]
pub struct Block {
    /// One bit a granule, set where a live cell begins. A minor collection only
    /// adds to them.
    marks: [Cell<u64>; MARK_WORDS],
    /// The size of each cell, in bytes.
    cell_size: usize,
    /// Past the last cell: an offset from the block's beginning.
    end: usize,
    /// Up to where this block's holes have been handed out since the collection
    /// number `cycle`: an offset.
    cursor: Cell<usize>,
    cycle: Cell<u32>,
}

/// A stretch of a block without live cells, zeroed.
#[derive(Clone, Copy)]
pub struct Hole {
    /// Its first byte.
    pub start: usize,
    /// Past its last byte.
    pub end: usize,
}

/// A block by its address.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct BlockRef(NonNull<Block>);

impl BlockRef {
    /// Takes memory for a block whose cells have `cell_size` bytes. None if there is no
    /// memory.
    pub fn allocate(cell_size: usize, cycle: u32) -> Option<Self> {
        let layout = Self::layout(BLOCK_SIZE)?;
        // SAFETY: The layout's size is not zero.
        let block = Self(NonNull::new(unsafe { alloc(layout) })?.cast());
        // SAFETY: The memory is ours, and large enough.
        unsafe { block.begin(cell_size, Self::end_for(cell_size), cycle) };
        Some(block)
    }

    /// Takes memory for a block of one cell that has more than [`LARGEST_SMALL`] bytes,
    /// zeroed and handed out. None if there is no memory.
    pub fn allocate_large(cell_size: usize, cycle: u32) -> Option<Self> {
        let end = FIRST.checked_add(cell_size)?;
        let layout = Self::layout(end)?;
        // Fresh pages are zeroed by the system, which the allocator knows.
        // SAFETY: The layout's size is not zero.
        let block = Self(NonNull::new(unsafe { alloc_zeroed(layout) })?.cast());
        // SAFETY: The memory is ours, and large enough.
        unsafe { block.begin(cell_size, end, cycle) };
        block.block().cursor.set(end);
        Some(block)
    }

    /// Lets a shared block without live cells have cells of another size.
    ///
    /// # Safety
    /// Nothing refers to a cell of the block any more.
    pub unsafe fn reuse(self, cell_size: usize, cycle: u32) {
        // SAFETY: The memory is a block's, so it is large enough.
        unsafe { self.begin(cell_size, Self::end_for(cell_size), cycle) };
    }

    /// Where the last of the cells that a shared block has room for ends.
    fn end_for(cell_size: usize) -> usize {
        FIRST + (BLOCK_SIZE - FIRST) / cell_size * cell_size
    }

    /// Writes what stands at the beginning of a block.
    ///
    /// # Safety
    /// The memory is ours, and as large as a block that ends there.
    unsafe fn begin(self, cell_size: usize, end: usize, cycle: u32) {
        let header = Block {
            marks: [const { Cell::new(0) }; MARK_WORDS],
            cell_size,
            end,
            cursor: Cell::new(FIRST),
            cycle: Cell::new(cycle),
        };
        // SAFETY: By the caller's word.
        unsafe { self.0.write(header) };
    }

    /// Where the only cell of a large block lies.
    pub fn first_cell(self) -> usize {
        self.address() + FIRST
    }

    fn layout(end: usize) -> Option<Layout> {
        Layout::from_size_align(end.max(BLOCK_SIZE), BLOCK_SIZE).ok()
    }

    /// Gives the memory back.
    ///
    /// # Safety
    /// Nothing refers to a cell of the block any more.
    pub unsafe fn free(self) {
        if let Some(layout) = Self::layout(self.block().end) {
            // SAFETY: It was allocated with this layout.
            unsafe { dealloc(self.0.as_ptr().cast(), layout) };
        }
    }

    /// The block that a cell lies in.
    ///
    /// # Safety
    /// The address is that of a cell, not of a place inside one.
    #[inline]
    pub unsafe fn of(cell: NonNull<Header>) -> Self {
        let block = cell.as_ptr().map_addr(|address| address & !(BLOCK_SIZE - 1));
        // SAFETY: Blocks begin at multiples of their size; a cell that is larger
        // begins in the first part of its own.
        Self(unsafe { NonNull::new_unchecked(block.cast()) })
    }

    /// The block at an address.
    ///
    /// # Safety
    /// There is one.
    pub unsafe fn at(address: usize) -> Self {
        // SAFETY: By the caller's word.
        Self(unsafe { NonNull::new_unchecked(std::ptr::with_exposed_provenance_mut(address)) })
    }

    fn block(&self) -> &Block {
        // SAFETY: A block is alive while a reference to it is in use.
        unsafe { self.0.as_ref() }
    }

    /// The address of the block.
    pub fn address(self) -> usize {
        self.0.as_ptr().expose_provenance()
    }

    /// The size of each cell, in bytes.
    pub fn cell_size(self) -> usize {
        self.block().cell_size
    }

    /// The memory taken, in bytes.
    pub fn size(self) -> usize {
        self.block().end.max(BLOCK_SIZE)
    }

    #[inline]
    fn mark_bit(cell: NonNull<Header>) -> (usize, u64) {
        let granule = (cell.as_ptr().addr() & (BLOCK_SIZE - 1)) / GRANULE;
        (granule / 64, 1 << (granule % 64))
    }

    /// Whether a cell of the block is marked.
    #[inline]
    pub fn is_marked(self, cell: NonNull<Header>) -> bool {
        let (word, bit) = Self::mark_bit(cell);
        self.block().marks[word].get() & bit != 0
    }

    /// Marks a cell of the block; says whether it was not marked before.
    #[inline]
    pub fn mark(self, cell: NonNull<Header>) -> bool {
        let (word, bit) = Self::mark_bit(cell);
        let word = &self.block().marks[word];
        let before = word.get();
        word.set(before | bit);
        before & bit == 0
    }

    /// Clears all marks.
    pub fn clear_marks(self) {
        for word in &self.block().marks {
            word.set(0);
        }
    }

    /// Whether any cell is marked.
    pub fn has_marks(self) -> bool {
        self.block().marks.iter().any(|word| word.get() != 0)
    }

    fn is_marked_at(self, offset: usize) -> bool {
        let granule = offset / GRANULE;
        self.block().marks[granule / 64].get() & (1 << (granule % 64)) != 0
    }

    /// The next stretch without marked cells that has not been handed out since
    /// collection number `cycle`, zeroed and from now on handed out.
    pub fn next_hole(self, cycle: u32) -> Option<Hole> {
        let block = self.block();
        if block.cycle.replace(cycle) != cycle {
            block.cursor.set(FIRST);
        }
        let mut start = block.cursor.get();
        while start < block.end && self.is_marked_at(start) {
            start += block.cell_size;
        }
        let mut end = start;
        while end < block.end && !self.is_marked_at(end) {
            end += block.cell_size;
        }
        block.cursor.set(end);
        if start == end {
            return None;
        }
        // SAFETY: The stretch lies in the block and holds no live cell.
        unsafe { self.0.as_ptr().cast::<u8>().add(start).write_bytes(0, end - start) };
        let address = self.address();
        Some(Hole { start: address + start, end: address + end })
    }

    /// The cell that lies at an address in this block, or around it, if one is
    /// allocated there. `cycle` is the number of the last collection.
    pub fn cell_at(self, address: usize, cycle: u32) -> Option<NonNull<Header>> {
        let block = self.block();
        let offset = address - self.address();
        if offset < FIRST || offset >= block.end {
            return None;
        }
        let start = offset - (offset - FIRST) % block.cell_size;
        // SAFETY: The place lies in the block.
        let cell = unsafe { self.0.byte_add(start) }.cast::<Header>();
        if self.is_marked_at(start) {
            return Some(cell);
        }
        // What has been handed out was zeroed before.
        let handed_out = block.cycle.get() == cycle && start < block.cursor.get();
        // SAFETY: Handed-out memory is initialised.
        (handed_out && unsafe { cell.cast::<u64>().read() } != 0).then_some(cell)
    }

    /// Fills all cells that are not marked with a pattern no use of which goes
    /// unnoticed.
    pub fn poison(self) {
        let block = self.block();
        for offset in (FIRST..block.end).step_by(block.cell_size) {
            if !self.is_marked_at(offset) {
                // SAFETY: No live cell lies there.
                unsafe {
                    self.0.as_ptr().cast::<u8>().add(offset).write_bytes(POISON, block.cell_size);
                };
            }
        }
    }
}

/// What freed cells are filled with: as a word it is an address that no machine
/// has.
const POISON: u8 = 0xFB;
