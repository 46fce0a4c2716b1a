//! The program: everything is in the library, so that tests and other programs reach it too. A
//! parse is many small allocations, so the program brings an allocator made for them.

/// The parser's C code gets it too (feature `override`).
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    miniguard::cli::run()
}
