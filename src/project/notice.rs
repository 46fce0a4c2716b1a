//! What is to be said about the workspace as a whole. A notice is about a folder, not about a place
//! in a file.

use super::framework::Framework;
use super::sources::Sources;
use crate::finding::Phrase;
use crate::path::FilePath;

/// Something that a person should know before reading the report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// The folder it is about.
    pub folder: FilePath,
    /// What it is.
    pub kind: NoticeKind,
}

/// The kinds of notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoticeKind {
    /// There is no mini-program in the workspace.
    NoProgram,
    /// There is a project.config.json, but no app.json that it could mean.
    NoApp,
    /// The sources are a framework's.
    Framework {
        /// Which.
        framework: Framework,
        /// The build output that is analysed in their stead.
        output: Option<FilePath>,
    },
    /// The program is written in a framework.
    Sources(Box<Sources>),
    /// A mini-game: out of scope.
    MiniGame,
}

impl Notice {
    /// The notice as a sentence.
    pub fn message(&self) -> Phrase {
        match &self.kind {
            NoticeKind::NoProgram => Phrase::new(
                "No mini-program here: no project.config.json, and no app.json with `pages` beside app.js or app.ts.",
                "这里没有小程序：既没有 project.config.json，也没有与 app.js（或 app.ts）同目录、含 `pages` 的 app.json。",
            ),
            NoticeKind::NoApp => Phrase::new(
                "project.config.json names no folder with an app.json; if the program is built, build it first.",
                "project.config.json 所指的目录里没有 app.json；如果小程序需要构建，请先构建。",
            ),
            NoticeKind::Framework { framework, output: None } => {
                let name = framework.name();
                Phrase::new(
                    format!(
                        "{name} sources are not analysed; build the mini-program and check the output."
                    ),
                    format!("不分析 {name} 源码；请先构建小程序，再检查构建产物。"),
                )
            }
            NoticeKind::Framework { framework, output: Some(output) } => {
                let name = framework.name();
                Phrase::new(
                    format!("{name} sources are not analysed; the build output in {output} is."),
                    format!("不分析 {name} 源码，只分析 {output} 中的构建产物。"),
                )
            }
            NoticeKind::Sources(sources) => {
                let name = sources.name();
                match sources.outputs.as_slice() {
                    [] => Phrase::new(
                        format!("{name}: its sources are analysed."),
                        format!("{name}：已分析其源码。"),
                    ),
                    outputs => {
                        let list: Vec<&str> = outputs.iter().map(FilePath::as_str).collect();
                        Phrase::new(
                            format!(
                                "{name}: its sources are analysed; the build output in {} is only compared with them.",
                                list.join(", ")
                            ),
                            format!(
                                "{name}：已分析其源码；{} 中的构建产物仅用于比对。",
                                list.join("、")
                            ),
                        )
                    }
                }
            }
            NoticeKind::MiniGame => Phrase::new(
                "a mini-game (game.json); only mini-programs are analysed.",
                "这是小游戏（game.json）；这里只分析小程序。",
            ),
        }
    }
}
