//! The files of one program as it sees them: whose each is, which package it came with, and why
//! some are not looked at. Each file is asked about once, here; everything after goes through this
//! list.

use std::collections::HashMap;
use std::sync::Arc;

use super::inventory::Skipped;
use crate::catalogue;
use crate::finding::Phrase;
use crate::path::FilePath;
use crate::project::{File, Files, Ownership, Package, Program, Project, ReadError};
use crate::settings::Settings;

/// The packages that files came with; other files are the program's own. They follow from the paths
/// of all files and the program's footing alone.
pub(crate) type Packages = HashMap<FilePath, Package>;

/// A file of the program.
pub(crate) struct SourceFile<'a> {
    /// The file.
    pub file: &'a Arc<File>,
    /// Whose it is.
    pub ownership: Ownership,
    /// The package that it came with.
    pub package: Option<&'a Package>,
    /// Why it is not looked at.
    skipped: Option<Phrase>,
}

/// The files of one program, by path.
pub(crate) struct SourceSet<'a> {
    members: Vec<SourceFile<'a>>,
}

/// The package of every file below the program's roots that came with one. O(files).
pub(crate) fn packages(files: &Files, program: &Program) -> Packages {
    let known = |segment: &str| catalogue::package_folder(segment).map(|package| package.package);
    let package = |path: &FilePath| program.package_of(files, path, &known);
    files.iter().filter_map(|file| Some((file.path.clone(), package(&file.path)?))).collect()
}

impl<'a> SourceSet<'a> {
    /// The files of `program`. O(files).
    pub(crate) fn of(
        files: &'a Files,
        project: &Project,
        program: &Program,
        settings: &Settings,
        packages: &'a Packages,
    ) -> Self {
        let member = |file: &'a Arc<File>| {
            let path = &file.path;
            let plugin = program.plugin.as_ref();
            if !path.is_within(&program.root) && plugin.is_none_or(|one| !path.is_within(&one.root))
            {
                return None;
            }
            let ownership = project.ownership_in(program, path)?;
            Some(SourceFile {
                file,
                ownership,
                package: packages.get(path),
                skipped: reason_to_skip(files, program, settings, file, ownership),
            })
        };
        Self { members: files.iter().filter_map(member).collect() }
    }

    /// The files that are looked at, manifests included.
    pub(crate) fn looked_at(&self) -> impl Iterator<Item = &SourceFile<'a>> {
        self.members.iter().filter(|member| member.skipped.is_none())
    }

    /// The scripts and templates that are looked at.
    pub(crate) fn read(&self) -> Vec<&SourceFile<'a>> {
        self.looked_at().filter(|member| member.file.kind.is_code()).collect()
    }

    /// The scripts and templates that are not.
    pub(crate) fn skipped(&self) -> impl Iterator<Item = Skipped> {
        let read = self.members.iter().filter(|member| member.file.kind.is_code());
        read.filter_map(|member| {
            Some(Skipped { file: member.file.path.clone(), reason: member.skipped.clone()? })
        })
    }
}

impl SourceFile<'_> {
    /// Whether the program's own people write it, and it is not the plugin's.
    pub(crate) fn is_own(&self) -> bool {
        self.ownership == Ownership::Client && self.package.is_none()
    }
}

/// Why a file of the program is not looked at.
fn reason_to_skip(
    files: &Files,
    program: &Program,
    settings: &Settings,
    file: &File,
    ownership: Ownership,
) -> Option<Phrase> {
    match file.read_error {
        Some(ReadError::TooLarge { bytes }) => {
            return Some(Phrase::new(
                format!("too large to read ({bytes} bytes)"),
                format!("文件过大，未读取（{bytes} 字节）"),
            ));
        }
        Some(ReadError::TooDeep) => {
            return Some(Phrase::new("nested too deeply to be parsed", "括号嵌套过深，无法解析"));
        }
        Some(ReadError::Unreadable) => return Some(Phrase::new("could not be read", "无法读取")),
        Some(ReadError::Decoded(_) | ReadError::NotUtf8) | None => {}
    }
    match ownership {
        Ownership::Ignored => {
            return Some(Phrase::new(
                "not uploaded (packOptions.ignore)",
                "不会上传（packOptions.ignore）",
            ));
        }
        Ownership::Server => return Some(Phrase::new("server code", "服务端代码")),
        Ownership::Worker => {
            return Some(Phrase::new(
                "worker code: it has no platform interfaces",
                "Worker 代码：其中没有平台接口",
            ));
        }
        Ownership::Foreign => return Some(Phrase::new("not part of the program", "不属于该程序")),
        Ownership::Client | Ownership::Plugin => {}
    }
    if program.is_shadowed(files, &file.path) {
        return Some(Phrase::new(
            "the .ts file beside it is compiled instead",
            "编译时使用同名的 .ts 文件",
        ));
    }
    settings
        .excludes(&file.path)
        .then(|| Phrase::new("excluded by miniguard.json", "已被 miniguard.json 排除"))
}
