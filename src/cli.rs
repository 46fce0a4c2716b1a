//! The command line: arguments in, a report and an exit status out. The status is 0 when nothing
//! fails the run, 1 when findings do, and 2 when the command could not do its work; nothing is
//! printed anywhere else in the program.

mod args;
mod baseline_files;
mod changed;
mod check;
mod compliance;
mod console;
mod display_paths;
mod domains;
mod excerpt;
mod explain;
mod failure;
mod fix;
mod init;
mod inventory;
mod language;
mod language_filter;
mod markdown;
mod privacy_guide;
mod progress;
mod report;
mod rules;
mod sanitize;
mod staged;
mod target;

use std::process::ExitCode;
use std::thread;

use clap::{CommandFactory as _, Parser as _};

use crate::check::STACK;
use args::{Arguments, Command};
use console::Console;
use failure::Failure;

/// Findings fail the run.
const FINDINGS: u8 = 1;
/// The command could not do its work.
const FAILED: u8 = 2;

/// Runs the program on the process's arguments.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come this way too, with status 0. A closed pipe is no error.
            let _ = error.print();
            return u8::try_from(error.exit_code()).map_or(ExitCode::FAILURE, ExitCode::from);
        }
    };
    if let Command::Lsp { .. } = arguments.command {
        return crate::lsp::run();
    }
    // Only the first pool counts; if there is one already, its stacks are what they are.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(STACK).build_global();
    let console = Console { asked: arguments.lang.map(Into::into) };
    let done = thread::scope(|scope| {
        thread::Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, || execute(&arguments.command, console))
            .map(thread::ScopedJoinHandle::join)
    });
    match done {
        Ok(Ok(Ok(true))) => ExitCode::SUCCESS,
        Ok(Ok(Ok(false))) => ExitCode::from(FINDINGS),
        Ok(Ok(Err(failure))) => {
            console.failure(&failure);
            ExitCode::from(FAILED)
        }
        // No thread could be started, or it panicked and said so itself.
        Ok(Err(_)) | Err(_) => ExitCode::from(FAILED),
    }
}

/// Runs a command; whether nothing failed the run.
fn execute(command: &Command, console: Console) -> Result<bool, Failure> {
    match command {
        Command::Check(arguments) => return check::run(arguments, console),
        Command::Report(arguments) => return compliance::run(arguments, console),
        Command::PrivacyGuide(arguments) => return privacy_guide::run(arguments, console),
        Command::Domains(arguments) => domains::run(arguments, console)?,
        Command::Inventory(arguments) => inventory::run(arguments, console)?,
        Command::Explain { rule } => explain::run(rule, console)?,
        Command::Rules { format } => rules::run(*format, console)?,
        Command::Init { path } => init::run(path, console)?,
        Command::Completions { shell } => {
            let mut script = Vec::new();
            clap_complete::generate(*shell, &mut Arguments::command(), "miniguard", &mut script);
            console.write(false, |out| out.write_all(&script))?;
        }
        // Served on the main thread, before any other is started.
        Command::Lsp { .. } => {}
    }
    Ok(true)
}
