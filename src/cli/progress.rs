//! A sign of life on long work. Nothing is shown in the first half second, nor where standard error
//! is no terminal, so reports and short runs look the same everywhere.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::finding::Language;
use crate::project::Files;
use crate::workspace::Workspace;

/// How long work may take before anything is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);

/// What is being done.
pub(crate) enum Stage {
    /// So many files are found or read, of how many when that is known.
    Reading(usize, Option<usize>),
    /// These files are analysed.
    Analysing(Files),
}

/// A bar that ends with this value.
pub(crate) struct Progress {
    running: Option<(Sender<Stage>, JoinHandle<()>)>,
}

impl Progress {
    /// Begins to wait.
    pub(crate) fn start(language: Language) -> Self {
        if !io::stderr().is_terminal() {
            return Self { running: None };
        }
        let (sender, stages) = mpsc::channel();
        let handle = thread::spawn(move || {
            let mut stage = Stage::Reading(0, None);
            let mut due = Instant::now() + PATIENCE;
            let mut bar: Option<ProgressBar> = None;
            loop {
                // Counted from the last time, so that a stream of messages does not put it off.
                match stages.recv_timeout(due.saturating_duration_since(Instant::now())) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Disconnected) => break,
                    Err(RecvTimeoutError::Timeout) => {}
                }
                if Instant::now() >= due {
                    due = Instant::now() + TICK;
                    show(bar.get_or_insert_with(new_bar), &stage, language);
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        Self { running: Some((sender, handle)) }
    }

    /// Opens a workspace, and says so.
    pub(crate) fn reading(&self, root: &Path) -> Workspace {
        match &self.running {
            Some((sender, _)) => Workspace::open_with(root, &|done, total| {
                let _ = sender.send(Stage::Reading(done, total));
            }),
            None => Workspace::open(root),
        }
    }

    /// Says what is being done now.
    pub(crate) fn stage(&self, stage: Stage) {
        if let Some((sender, _)) = &self.running {
            // The other end is gone only when its thread is; then there is nothing to show.
            let _ = sender.send(stage);
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some((sender, handle)) = self.running.take() {
            drop(sender);
            // The bar must be gone before the report is written; a panic there is no reason to lose
            // the report.
            let _ = handle.join();
        }
    }
}

fn new_bar() -> ProgressBar {
    let bar = ProgressBar::new_spinner();
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} {elapsed}") {
        bar.set_style(style);
    }
    bar
}

fn show(bar: &ProgressBar, stage: &Stage, language: Language) {
    let message = match (stage, language) {
        (Stage::Reading(found, None), Language::English) => format!("{found} files found"),
        (Stage::Reading(found, None), Language::Chinese) => format!("已找到 {found} 个文件"),
        (Stage::Reading(done, Some(all)), Language::English) => {
            format!("Reading files: {done} of {all}")
        }
        (Stage::Reading(done, Some(all)), Language::Chinese) => {
            format!("正在读取文件：{done}/{all}")
        }
        (Stage::Analysing(files), language) => {
            let parsed = files.iter().filter(|file| file.is_parsed()).count();
            let total = files.len();
            match language {
                Language::English => format!("Analysing {total} files, {parsed} parsed"),
                Language::Chinese => format!("正在分析 {total} 个文件，已解析 {parsed} 个"),
            }
        }
    };
    bar.set_message(message);
    bar.tick();
}
