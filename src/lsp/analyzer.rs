//! What the server asks of the analysis. It is a trait so that the server's own behaviour (order,
//! cancellation, panics) can be tested with an analysis made for that; [`Analysis`] is the real
//! one.

use std::path::Path;

use crate::check::{Cancel, Cancelled, Memo, Report, suppression};
use crate::finding::{Finding, Fix, Language};
use crate::ide::Card;
use crate::path::FilePath;
use crate::project::Files;
use crate::workspace::Workspace;
use crate::{check, ide};

/// An analysis that a server can stand on. Called from any thread; may panic: the server lives on.
pub trait Analyzer: Send + Sync + 'static {
    /// Reads the workspace at `root`, a folder of the client's.
    fn load(&self, root: &Path) -> Workspace;

    /// Reads the file at `disk` alone: no folder is walked for it.
    fn load_file(&self, disk: &Path) -> Workspace {
        Workspace::of_file(disk)
    }

    /// Analyses all programs of a workspace; `memo` is what an analysis of the same workspace left,
    /// however old.
    ///
    /// # Errors
    /// [`Cancelled`] when `cancel` asked to stop.
    fn analyse(
        &self,
        files: &Files,
        memo: Option<&Memo>,
        cancel: &Cancel,
    ) -> Result<(Report, Memo), Cancelled>;

    /// The card for byte `offset` of `path`.
    fn hover(&self, files: &Files, path: &FilePath, offset: usize) -> Option<Card>;

    /// The fix that hides `finding` from now on, if there can be one; the reason that it leaves to
    /// fill in is in `language`.
    fn ignore(&self, files: &Files, finding: &Finding, language: Language) -> Option<Fix>;
}

/// The real analysis.
#[derive(Clone, Copy, Debug, Default)]
pub struct Analysis;

impl Analyzer for Analysis {
    fn load(&self, root: &Path) -> Workspace {
        Workspace::open(root)
    }

    fn analyse(
        &self,
        files: &Files,
        memo: Option<&Memo>,
        cancel: &Cancel,
    ) -> Result<(Report, Memo), Cancelled> {
        let (mut report, memo) = check::analyse_incremental(files, memo, cancel)?;
        check::baseline::soften(&mut report, files);
        Ok((report, memo))
    }

    fn hover(&self, files: &Files, path: &FilePath, offset: usize) -> Option<Card> {
        ide::hover(files, path, offset)
    }

    fn ignore(&self, files: &Files, finding: &Finding, language: Language) -> Option<Fix> {
        suppression::ignore_line_fix(finding, files, language)
    }
}
