//! Which files of a folder git says have changed. Git is asked, not imitated; names come
//! NUL-terminated and relative to the folder, and no shell and no program named by the repository's
//! configuration runs.

use std::collections::BTreeSet;
use std::path::Path;
use std::process::Command;

use super::failure::Failure;
use crate::finding::Phrase;
use crate::path::FilePath;

/// Which changes count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Since {
    /// The working tree against the last commit, untracked files included.
    Head,
    /// The index against the last commit.
    Index,
    /// The working tree against the commit where the work left this reference, untracked files
    /// included.
    Reference(String),
}

/// The files within `folder` that changed, relative to it. Those that were deleted may be among
/// them.
///
/// # Errors
/// There is no git, `folder` is in no repository, or the reference names no commit.
pub(crate) fn files(folder: &Path, since: &Since) -> Result<BTreeSet<FilePath>, Failure> {
    if !git(folder, &["rev-parse", "--is-inside-work-tree"])?.succeeded {
        return Err(no_repository(folder));
    }
    let mut names = match since {
        Since::Index => return Ok(paths(&difference(folder, &["--cached"])?)),
        Since::Head
            if git(folder, &["rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?.succeeded =>
        {
            difference(folder, &["HEAD"])?
        }
        // Before the first commit everything is new.
        Since::Head => listed(folder, &["--cached"])?,
        Since::Reference(reference) => difference(folder, &[&branching_point(folder, reference)?])?,
    };
    names.extend(listed(folder, &["--others", "--exclude-standard"])?);
    Ok(paths(&names))
}

/// The commit where HEAD and the reference parted; the reference's own where they share no history.
fn branching_point(folder: &Path, reference: &str) -> Result<String, Failure> {
    let unknown = || {
        Failure::new(
            Phrase::new(
                format!("git knows no commit named {reference}."),
                format!("git 中没有名为 {reference} 的提交。"),
            ),
            Phrase::new(
                "Fetch it first, or check the spelling; a shallow clone lacks older commits.",
                "请先获取该引用或检查拼写；浅克隆中没有较早的提交。",
            ),
        )
    };
    // No reference begins with a dash, but an option does.
    if reference.starts_with('-') || reference.is_empty() {
        return Err(unknown());
    }
    let commit =
        git(folder, &["rev-parse", "--verify", "--quiet", &format!("{reference}^{{commit}}")])?;
    if !commit.succeeded {
        return Err(unknown());
    }
    let commit = String::from_utf8_lossy(&commit.output).trim().to_owned();
    let shared = git(folder, &["merge-base", &commit, "HEAD"])?;
    let base = String::from_utf8_lossy(&shared.output).trim().to_owned();
    Ok(if shared.succeeded && !base.is_empty() { base } else { commit })
}

pub(super) fn difference(folder: &Path, what: &[&str]) -> Result<Vec<u8>, Failure> {
    let options = ["diff", "--name-only", "-z", "--no-ext-diff", "--no-textconv", "--relative"];
    succeed(folder, &[&options[..], what, &["--"]].concat())
}

pub(super) fn listed(folder: &Path, what: &[&str]) -> Result<Vec<u8>, Failure> {
    succeed(folder, &[&["ls-files", "-z"][..], what].concat())
}

pub(super) fn paths(names: &[u8]) -> BTreeSet<FilePath> {
    names
        .split(|byte| *byte == 0)
        .filter(|name| !name.is_empty())
        .filter_map(|name| FilePath::new(&String::from_utf8_lossy(name)))
        .collect()
}

pub(super) struct Answer {
    pub(super) succeeded: bool,
    pub(super) output: Vec<u8>,
    complaint: String,
}

fn succeed(folder: &Path, arguments: &[&str]) -> Result<Vec<u8>, Failure> {
    let answer = git(folder, arguments)?;
    if answer.succeeded {
        return Ok(answer.output);
    }
    let complaint = answer.complaint;
    Err(Phrase::new(format!("git failed: {complaint}"), format!("git 执行失败：{complaint}"))
        .into())
}

pub(super) fn git(folder: &Path, arguments: &[&str]) -> Result<Answer, Failure> {
    let output = Command::new("git")
        .args(["--no-optional-locks", "-c", "core.fsmonitor=false"])
        .args(arguments)
        .current_dir(folder)
        .output()
        .map_err(|error| no_git(&error))?;
    Ok(Answer {
        succeeded: output.status.success(),
        output: output.stdout,
        complaint: String::from_utf8_lossy(&output.stderr).trim().to_owned(),
    })
}

fn no_git(error: &std::io::Error) -> Failure {
    Failure::new(
        Phrase::new(format!("git could not be run: {error}."), format!("无法运行 git：{error}。")),
        Phrase::new(
            "Install git, or leave out --changed, --staged and --since.",
            "请安装 git，或去掉 --changed、--staged、--since。",
        ),
    )
}

fn no_repository(folder: &Path) -> Failure {
    let folder = folder.display();
    Failure::new(
        Phrase::new(
            format!("{folder} is in no git repository."),
            format!("{folder} 不在 git 仓库中。"),
        ),
        Phrase::new(
            "Leave out --changed, --staged and --since to check everything.",
            "去掉 --changed、--staged、--since 即可检查全部文件。",
        ),
    )
}
