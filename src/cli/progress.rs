//! A sign of life on long work. The one thing to know: nothing is shown in the first half second, nor where standard error
//! is no terminal, so reports and short runs look the same everywhere.

use std::io::{self, IsTerminal as _};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};

use crate::finding::Language;
use crate::project::Files;

/// How long work may take before anything is shown.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often the bar moves.
const TICK: Duration = Duration::from_millis(100);

/// What is being done.
pub(crate) enum Stage {
    /// Files are read.
    Reading,
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
            let mut stage = Stage::Reading;
            let mut patience = PATIENCE;
            let mut bar: Option<ProgressBar> = None;
            loop {
                match stages.recv_timeout(patience) {
                    Ok(next) => stage = next,
                    Err(RecvTimeoutError::Timeout) => {
                        patience = TICK;
                        show(bar.get_or_insert_with(new_bar), &stage, language);
                    }
                    Err(RecvTimeoutError::Disconnected) => break,
                }
            }
            if let Some(bar) = bar {
                bar.finish_and_clear();
            }
        });
        Self { running: Some((sender, handle)) }
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
            // The bar must be gone before the report is written; a panic there is no reason to lose the report.
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
        (Stage::Reading, Language::English) => "Reading files".to_owned(),
        (Stage::Reading, Language::Chinese) => "正在读取文件".to_owned(),
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
