//! How much memory the process holds, counted as it is taken, and how it ends in words where it would take too much.
//!
//! Rust offers no way back from an allocation that fails: it aborts. So the binary counts what it takes, a little before the machine
//! would say no, and ends itself: what is half written is taken away, one sentence says why, and the exit code is that of a run that
//! could not do what it was asked. The same happens where the machine does say no. Whoever works piece by piece, as reports do, asks
//! [`held_here`] between the pieces and stops with a problem that has a place, long before.
//!
//! A thread counts for itself and tells the others in lumps, so that counting costs an addition and a comparison.

// The trait of allocators is unsafe; each of its five places passes on to the allocator within what it was given.
#![allow(unsafe_code)]

use std::alloc::{GlobalAlloc, Layout};
use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, AtomicIsize, Ordering};

/// What a thread takes or gives back before it tells.
const LUMP: isize = 64 << 10;

/// What all threads hold, as far as they have told.
static HELD: AtomicIsize = AtomicIsize::new(0);

/// How much that may be.
static MOST: AtomicIsize = AtomicIsize::new(isize::MAX);

/// What is called at the end.
static END: OnceLock<fn(Cause) -> !> = OnceLock::new();

/// Whether a thread is ending the process.
static ENDING: AtomicBool = AtomicBool::new(false);

thread_local! {
    /// What this thread took and did not give back; below nothing where it gives back what others took.
    static MINE: Cell<isize> = const { Cell::new(0) };
    /// How much of that it has told.
    static TOLD: Cell<isize> = const { Cell::new(0) };
    /// Whether it is this thread that is ending the process, and may take what it needs for that.
    static IS_LAST: Cell<bool> = const { Cell::new(false) };
}

/// Why there is no memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cause {
    /// The process would hold more than it may: so many bytes.
    Limit(usize),
    /// The machine gave none when it was asked for so many bytes.
    Machine(usize),
}

/// Lets the process hold so many bytes; beyond them, or where the machine gives none, `end` is called and does not return.
pub fn limit(bytes: usize, end: fn(Cause) -> !) {
    let _ = END.set(end);
    MOST.store(isize::try_from(bytes).unwrap_or(isize::MAX), Ordering::Relaxed);
}

/// What this thread holds; below nothing where it gave back what others took. Nothing is counted without the allocator of the command.
pub fn held_here() -> isize {
    MINE.with(Cell::get)
}

/// An allocator that counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counted<A>(pub A);

// SAFETY: everything is passed on to the allocator within. What is counted is plain numbers of the thread, which need no memory.
unsafe impl<A: GlobalAlloc> GlobalAlloc for Counted<A> {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: the caller's promises are those of the allocator within.
        given(unsafe { self.0.alloc(layout) }, layout.size())
    }

    #[inline]
    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size() as isize);
        // SAFETY: as above.
        given(unsafe { self.0.alloc_zeroed(layout) }, layout.size())
    }

    #[inline]
    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count(-(layout.size() as isize));
        // SAFETY: as above.
        unsafe { self.0.dealloc(at, layout) }
    }

    #[inline]
    unsafe fn realloc(&self, at: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size as isize - layout.size() as isize);
        // SAFETY: as above.
        given(unsafe { self.0.realloc(at, layout, size) }, size)
    }
}

/// Counts what is taken, or given back.
#[inline]
fn count(bytes: isize) {
    let mine = MINE.with(|mine| {
        mine.set(mine.get() + bytes);
        mine.get()
    });
    let told = TOLD.with(Cell::get);
    if (mine - told).abs() > LUMP {
        tell(mine, told);
    }
}

#[cold]
fn tell(mine: isize, told: isize) {
    TOLD.with(|told| told.set(mine));
    let held = HELD.fetch_add(mine - told, Ordering::Relaxed) + mine - told;
    let most = MOST.load(Ordering::Relaxed);
    if held > most && mine > told {
        end(Cause::Limit(most as usize));
    }
}

#[inline]
fn given(at: *mut u8, size: usize) -> *mut u8 {
    if at.is_null() {
        end(Cause::Machine(size));
    }
    at
}

/// Ends the process, once; other threads that come here wait for that.
#[cold]
fn end(cause: Cause) {
    let Some(end) = END.get() else { return };
    if IS_LAST.with(Cell::get) {
        return;
    }
    if ENDING.swap(true, Ordering::Relaxed) {
        loop {
            std::thread::park();
        }
    }
    IS_LAST.with(|last| last.set(true));
    end(cause)
}
