//! Counts the bytes that tree-sitter asks for. The one thing to know: each block carries its size before it, so counting
//! must begin before the first block is made, and what is counted is what was asked for, without the allocator's own rounding.

use std::alloc::{Layout, alloc, dealloc, handle_alloc_error};
use std::ffi::c_void;
use std::process::abort;
use std::ptr::{copy_nonoverlapping, write_bytes};
use std::sync::Once;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tree_sitter::Allocator;

/// Bytes before a block, which hold its size and keep it aligned.
const HEAD: usize = 16;

static LIVE: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

unsafe extern "C" fn malloc(size: usize) -> *mut c_void {
    // Tree-sitter wants a block or nothing any more.
    let Ok(layout) = Layout::from_size_align(size + HEAD, HEAD) else { abort() };
    let block = unsafe { alloc(layout) };
    if block.is_null() {
        handle_alloc_error(layout);
    }
    let live = LIVE.fetch_add(size, Relaxed) + size;
    PEAK.fetch_max(live, Relaxed);
    unsafe {
        block.cast::<usize>().write(size);
        block.add(HEAD).cast()
    }
}

unsafe extern "C" fn calloc(count: usize, size: usize) -> *mut c_void {
    let block = unsafe { malloc(count * size) };
    unsafe { write_bytes(block.cast::<u8>(), 0, count * size) };
    block
}

unsafe extern "C" fn realloc(old: *mut c_void, size: usize) -> *mut c_void {
    let new = unsafe { malloc(size) };
    if !old.is_null() {
        unsafe {
            let kept = old.cast::<u8>().sub(HEAD).cast::<usize>().read().min(size);
            copy_nonoverlapping(old.cast::<u8>(), new.cast::<u8>(), kept);
            free(old);
        }
    }
    new
}

unsafe extern "C" fn free(block: *mut c_void) {
    if block.is_null() {
        return;
    }
    unsafe {
        let head = block.cast::<u8>().sub(HEAD);
        let size = head.cast::<usize>().read();
        LIVE.fetch_sub(size, Relaxed);
        if let Ok(layout) = Layout::from_size_align(size + HEAD, HEAD) {
            dealloc(head, layout);
        }
    }
}

/// What `make` leaves allocated, and the most there was at once meanwhile. Bytes.
pub fn counted<T>(make: impl FnOnce() -> T) -> (T, usize, usize) {
    static BEGUN: Once = Once::new();
    // Sound: nothing was made by tree-sitter before, as each caller of tree-sitter goes through here.
    BEGUN.call_once(|| unsafe {
        tree_sitter::set_allocator(Some(Allocator { malloc, calloc, realloc, free }));
    });
    let before = LIVE.load(Relaxed);
    PEAK.store(before, Relaxed);
    let made = make();
    (made, LIVE.load(Relaxed) - before, PEAK.load(Relaxed) - before)
}
