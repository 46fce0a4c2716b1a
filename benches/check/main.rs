//! How long a check takes, cold and after a keystroke, on a program of 2,000 files that is written
//! for the occasion. Figures of one machine mean nothing on another, so after the table come ratios
//! of one run; README.md beside this folder holds those that were measured, and what they must not
//! exceed.

#![allow(clippy::print_stdout, reason = "a benchmark reports to a terminal")]
#![allow(clippy::expect_used, reason = "a benchmark that cannot write its program must stop")]

mod requests;
mod resolve;
mod source;
mod written;

use std::path::Path;
use std::time::{Duration, Instant};

use divan::{Bencher, black_box};
use memchr::memmem::Finder;
use miniguard::check::{self, Cancel, Memo, Report};
use miniguard::facts::Facts;
use miniguard::path::FilePath;
use miniguard::project::Files;
use miniguard::syntax::Kind;
use miniguard::text::{Position, Units};
use miniguard::workspace::{DocumentChange, Workspace};

use written::{LONG_SCRIPT, Written, written};

/// The program's own, or its times would be others.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let _program = Written::new();
    divan::main();
    // `--list` and `--test` are how tools ask what there is; they want no figures.
    if !std::env::args().any(|argument| matches!(argument.as_str(), "--list" | "--test")) {
        print_ratios();
    }
}

/// Reads every file, as any tool must.
fn read_all(root: &Path) -> usize {
    Workspace::open(root).files().iter().map(|file| file.source.len()).sum()
}

/// All that `check` does before it prints.
fn check(root: &Path) -> Report {
    check::analyse(Workspace::open(root).files(), &Cancel::never()).expect("nobody cancels")
}

fn search(files: &Files) -> usize {
    let finder = Finder::new("wx");
    files.iter().filter(|file| finder.find(file.source.as_bytes()).is_some()).count()
}

pub(crate) fn parse_scripts(files: &Files) -> usize {
    let scripts = files.iter().filter(|file| matches!(file.kind, Kind::Script(_)));
    scripts.map(|file| Facts::read(file.kind, &file.source).comments().len()).sum()
}

/// An editor with the long script open.
struct Editor {
    workspace: Workspace,
    memory: Memo,
    path: FilePath,
    version: i32,
    /// Where a letter is typed: in the name of a constant in the middle of the script.
    start: Position,
}

impl Editor {
    fn open() -> Self {
        let mut workspace = Workspace::open(written());
        let path = FilePath::new(LONG_SCRIPT).expect("a path inside the program");
        let text = workspace.files().get(&path).expect("the long script").source.to_string();
        workspace.open_document(&path, &text, 0);
        let line = text.lines().enumerate().skip(1_500).find(|(_, line)| line.contains("const "));
        let (line, text) = line.expect("a constant");
        let column = text.find("const ").map_or(0, |at| at + "const ".len());
        let (memory, start) = (Memo::default(), Position { line, column });
        let mut editor = Self { workspace, memory, path, version: 0, start };
        editor.report();
        editor
    }

    fn report(&mut self) -> Report {
        let (files, memory) = (self.workspace.files(), Some(&self.memory));
        let (report, memory) =
            check::analyse_incremental(files, memory, &Cancel::never()).expect("nobody cancels");
        self.memory = memory;
        report
    }

    /// Types a letter, or takes it out again, and waits for the report.
    fn keystroke(&mut self) -> Report {
        self.version += 1;
        let start = self.start;
        let insert = self.version % 2 == 1;
        let end = if insert { start } else { Position { column: start.column + 1, ..start } };
        let text = if insert { "x" } else { "" }.to_owned();
        let change = DocumentChange { range: Some((start, end)), text };
        self.workspace.change_document(&self.path, &[change], self.version, Units::Utf16);
        self.report()
    }
}

#[divan::bench(sample_count = 10)]
fn a_read_all_files() -> usize {
    read_all(written())
}

#[divan::bench(sample_count = 10)]
fn b_search_all_files(bencher: Bencher<'_, '_>) {
    let workspace = Workspace::open(written());
    bencher.bench_local(|| search(workspace.files()));
}

#[divan::bench(sample_count = 5)]
fn c_parse_all_scripts(bencher: Bencher<'_, '_>) {
    let workspace = Workspace::open(written());
    bencher.bench_local(|| parse_scripts(workspace.files()));
}

#[divan::bench(sample_count = 10)]
fn d_check_cold() -> Report {
    check(written())
}

#[divan::bench(sample_count = 60)]
fn e_keystroke(bencher: Bencher<'_, '_>) {
    let mut editor = Editor::open();
    bencher.bench_local(|| editor.keystroke());
}

#[divan::bench(args = requests::all(), sample_count = 30)]
fn f_request(bencher: Bencher<'_, '_>, request: &requests::Request) {
    let question = requests::Question::of(request);
    bencher.bench_local(|| question.answer());
}

#[divan::bench(args = resolve::ALL, sample_count = 10)]
fn g_resolve(bencher: Bencher<'_, '_>, program: resolve::Program) {
    let files = program.files();
    bencher.bench_local(|| resolve::resolve(&files));
}

#[divan::bench(args = resolve::TYPED, sample_count = 30)]
fn h_keystroke_among_callers(
    bencher: Bencher<'_, '_>,
    (path, needle): &(&'static str, &'static str),
) {
    let mut typing = resolve::Typing::open(resolve::Program::Callers, path, needle);
    bencher.bench_local(|| typing.keystroke());
}

/// The median time of `runs` runs.
pub(crate) fn median<T>(runs: usize, mut run: impl FnMut() -> T) -> Duration {
    let mut times: Vec<Duration> = (0..runs)
        .map(|_| {
            let start = Instant::now();
            black_box(run());
            start.elapsed()
        })
        .collect();
    times.sort();
    times[runs / 2]
}

fn print_ratios() {
    let root = written();
    let workspace = Workspace::open(root);
    let mut editor = Editor::open();
    let read = median(9, || read_all(root));
    let parse = median(3, || parse_scripts(workspace.files()));
    let cold = median(9, || check(root));
    let keystroke = median(61, || editor.keystroke());
    let slowest = requests::slowest();
    let files = workspace.files().len();
    let bytes: usize = workspace.files().iter().map(|file| file.source.len()).sum();
    println!("\n{files} files, {bytes} bytes; medians");
    println!("read all files      {read:>10.1?}");
    println!("parse all scripts   {parse:>10.1?}  one thread");
    println!("check, cold         {cold:>10.1?}");
    println!("keystroke to report {keystroke:>10.1?}");
    println!("slowest request     {:>10.1?}  {}", slowest.0, slowest.1);
    println!("cold check / reading all files     {:.1}", ratio(cold, read));
    println!("cold check / parsing all scripts   {:.2}", ratio(cold, parse));
    println!("keystroke / cold check             {:.3}", ratio(keystroke, cold));
    resolve::print_ratios();
}

pub(crate) fn ratio(a: Duration, b: Duration) -> f64 {
    a.as_secs_f64() / b.as_secs_f64()
}
