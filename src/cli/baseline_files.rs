//! Baselines: the findings that a team knows of, read, written and pruned. `--baseline` replaces
//! the ones that the settings name; whatever a run shows, a baseline always covers the whole
//! program.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::args::CheckArguments;
use super::failure::Failure;
use super::target::Target;
use crate::check::Report;
use crate::check::baseline::Baseline;
use crate::finding::{Finding, Phrase};
use crate::path::FilePath;
use crate::project::Files;
use crate::workspace::Workspace;

/// The findings that are known.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Each with the file that it was read from.
    baselines: Vec<(PathBuf, Baseline)>,
}

impl Known {
    /// What `arguments`, or else the settings behind `report`, name as known.
    ///
    /// # Errors
    /// A file that is named cannot be read; there is none to prune.
    pub(crate) fn read(
        arguments: &CheckArguments,
        report: &Report,
        workspace: &Workspace,
    ) -> Result<Self, Failure> {
        let baselines = if let Some(path) = &arguments.baseline {
            vec![(path.clone(), read(path)?)]
        } else if arguments.write_baseline.is_some() {
            Vec::new()
        } else {
            // Programs may share their settings.
            let files: BTreeSet<&FilePath> = report.baselines.iter().collect();
            let named = files.iter().map(|file| {
                let path = workspace.disk_path(file);
                read(&path).map(|baseline| (path, baseline))
            });
            named.collect::<Result<_, _>>()?
        };
        if arguments.prune_baseline && baselines.is_empty() {
            return Err(Failure::new(
                Phrase::new(
                    "There is no baseline to prune: the settings name none.",
                    "没有可清理的基线文件：设置中未指定。",
                ),
                Phrase::new(
                    "Name it with --baseline, or as `baseline` in miniguard.json.",
                    "请用 --baseline 指定，或在 miniguard.json 中写明 `baseline`。",
                ),
            ));
        }
        Ok(Self { baselines })
    }

    /// Whether a baseline was read or written, be it an empty one.
    pub(crate) fn is_kept(&self) -> bool {
        !self.baselines.is_empty()
    }

    /// The findings that are new and those that are known, each sorted by place.
    pub(crate) fn split(
        &self,
        findings: Vec<Finding>,
        files: &Files,
    ) -> (Vec<Finding>, Vec<Finding>) {
        let mut new = findings;
        let mut known = Vec::new();
        for (_, baseline) in &self.baselines {
            let found;
            (new, found) = baseline.split(new, files);
            known.extend(found);
        }
        if self.baselines.len() > 1 {
            known.sort_by(|a, b| (&a.place, a.rule).cmp(&(&b.place, b.rule)));
        }
        (new, known)
    }

    /// Writes the baseline where that was asked for, and says what it did.
    ///
    /// # Errors
    /// The file cannot be written.
    pub(crate) fn record(
        &mut self,
        arguments: &CheckArguments,
        report: &Report,
        files: &Files,
    ) -> Result<Vec<Phrase>, Failure> {
        if let Some(path) = &arguments.write_baseline {
            let baseline = Baseline::of(&report.findings, files);
            write(path, &baseline)?;
            let (count, file) = (baseline.len(), path.display());
            self.baselines = vec![(path.clone(), baseline)];
            return Ok(vec![Phrase::new(
                format!("{count} findings are recorded in {file}."),
                format!("已在 {file} 中记录 {count} 个问题。"),
            )]);
        }
        if !arguments.prune_baseline {
            return Ok(Vec::new());
        }
        let mut notes = Vec::new();
        for (path, baseline) in &mut self.baselines {
            let pruned = baseline.prune(report.findings.clone(), files);
            if pruned == *baseline {
                continue;
            }
            write(path, &pruned)?;
            let (count, file) = (baseline.len().saturating_sub(pruned.len()), path.display());
            *baseline = pruned;
            notes.push(Phrase::new(
                format!("{count} findings that are no longer found were dropped from {file}."),
                format!("已从 {file} 中移除 {count} 个不再出现的问题。"),
            ));
        }
        Ok(notes)
    }
}

/// Whether the options for baselines can be met on these targets.
///
/// # Errors
/// They cannot: the paths in a baseline are relative to one folder, and it is written for a whole
/// program.
pub(crate) fn possible(arguments: &CheckArguments, targets: &[Target]) -> Result<(), Failure> {
    let writes = arguments.write_baseline.is_some() || arguments.prune_baseline;
    if (writes || arguments.baseline.is_some()) && arguments.paths.len() > 1 {
        return Err(Failure::new(
            Phrase::new(
                "A baseline belongs to one PATH, but several were given.",
                "一个基线文件只对应一个 PATH，但命令中给出了多个。",
            ),
            Phrase::new("Check each with its own baseline.", "请分别检查，各用自己的基线文件。"),
        ));
    }
    if writes && targets.iter().any(|target| target.alone || target.only.is_some()) {
        return Err(Failure::new(
            Phrase::new(
                "A baseline is written for a whole program, but only a part of one was given.",
                "基线文件须针对整个小程序生成，但命令中只给出了其中一部分。",
            ),
            Phrase::new("Name the program's folder.", "请指定小程序所在的文件夹。"),
        ));
    }
    Ok(())
}

fn read(path: &Path) -> Result<Baseline, Failure> {
    let text = std::fs::read_to_string(path).map_err(|error| {
        Failure::new(
            Failure::file(path, &error).message,
            Phrase::new(
                "Make the baseline with --write-baseline.",
                "可用 --write-baseline 生成基线文件。",
            ),
        )
    })?;
    Baseline::read(&text).map_err(|message| {
        let path = path.display();
        Phrase::new(format!("{path}: {}", message.en), format!("{path}：{}", message.zh)).into()
    })
}

fn write(path: &Path, baseline: &Baseline) -> Result<(), Failure> {
    std::fs::write(path, baseline.write()).map_err(|error| Failure::file(path, &error))
}
