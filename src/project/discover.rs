//! Finding the programs of a workspace. Project.config.json decides; an app.json alone counts only
//! where no project file owns the folder.

use std::collections::BTreeSet;

use super::config::{CONFIG, Config, root_object};
use super::framework::Framework;
use super::notice::{Notice, NoticeKind};
use super::program::Program;
use super::sources::Sources;
use super::{File, Files};
use crate::facts::manifest::Json;
use crate::path::FilePath;
use crate::syntax::Kind;

/// Folders of npm packages: whatever lies there is third-party code.
pub(super) const NPM_FOLDERS: [&str; 2] = ["miniprogram_npm", "node_modules"];

/// Whether `path` lies in a folder of npm packages.
pub(super) fn is_vendored(path: &FilePath) -> bool {
    path.segments().any(|segment| NPM_FOLDERS.contains(&segment))
}

/// Every program of `files`, by root, and what is to be said about what is none.
pub(super) fn discover(files: &Files) -> (Vec<Program>, Vec<Notice>) {
    let found = Found::new(files);
    let mut programs = found.sources();
    let mut notices = Vec::new();
    let mut taken: BTreeSet<FilePath> = BTreeSet::new();
    for config in &found.configs {
        match found.by_config(config) {
            Outcome::Program(mut program) => {
                program.built_by = found.builder(&program);
                if let Some(sources) = sources_of(&mut programs, &program) {
                    sources.outputs.push(program.root);
                    continue;
                }
                // A build output often holds a copy of the project file around it: the outer one is
                // the source.
                if taken.insert(program.root.clone()) {
                    programs.push(*program);
                }
            }
            Outcome::Notice(kind) => notices.push(Notice { folder: config.parent(), kind }),
            Outcome::Nothing => {}
        }
    }
    for app in &found.apps {
        let folder = app.parent();
        let owns =
            |program: &Program| folder.is_within(&program.base) || folder.is_within(&program.root);
        // Sources own what is among them, not what else lies in their project.
        let owned = programs.iter().any(|program| match program.sources {
            Some(_) => program.root == folder,
            None => owns(program),
        });
        if owned || !found.is_program(&folder) {
            continue;
        }
        let mut program = Program::read(files, None, Config::default(), &folder, &folder);
        program.built_by = found.builder(&program);
        match sources_of(&mut programs, &program) {
            Some(sources) if sources.outputs.iter().any(|one| folder.is_within(one)) => {}
            Some(sources) => sources.outputs.push(folder),
            None => programs.push(program),
        }
    }
    if let Some(file) = lone(files) {
        let folder = file.parent();
        let mut program = Program::read(files, None, Config::default(), &folder, &folder);
        // It is not asked for.
        program.problems.clear();
        programs.push(program);
    }
    for program in programs.iter_mut().filter(|program| program.sources.is_none()) {
        program.built_by = found.builder(program);
    }
    programs.sort_by(|a, b| (&a.root, &a.base).cmp(&(&b.root, &b.base)));
    notices.extend(found.framework_notices(&programs));
    notices.sort_by(|a, b| a.folder.cmp(&b.folder));
    if programs.is_empty() && notices.is_empty() {
        notices.push(Notice { folder: FilePath::root(), kind: NoticeKind::NoProgram });
    }
    (programs, notices)
}

/// The sources that `program` is made from.
fn sources_of<'p>(programs: &'p mut [Program], program: &Program) -> Option<&'p mut Sources> {
    let source = programs.iter_mut().find(|source| source.is_source_of(program))?;
    source.sources.as_mut()
}

/// The only file of a workspace of one: a script or template that was opened by itself is looked at
/// by itself.
fn lone(files: &Files) -> Option<&FilePath> {
    let mut all = files.iter();
    let file = all.next()?;
    (all.next().is_none() && file.kind != Kind::Manifest).then_some(&file.path)
}

enum Outcome {
    Program(Box<Program>),
    Notice(NoticeKind),
    /// Spoken for elsewhere.
    Nothing,
}

/// The files that may mark a program, by path.
struct Found<'a> {
    files: &'a Files,
    configs: Vec<FilePath>,
    /// app.json files, outermost first.
    apps: Vec<FilePath>,
    /// Folders of projects that are written in a framework.
    frameworks: Vec<(FilePath, Framework)>,
}

impl<'a> Found<'a> {
    fn new(files: &'a Files) -> Self {
        let named = |name: &str| -> Vec<FilePath> {
            files
                .iter()
                .map(|file| &file.path)
                .filter(|path| path.file_name() == name && !is_vendored(path))
                .cloned()
                .collect()
        };
        let mut configs = named(CONFIG);
        let mut apps = named("app.json");
        let depth = |path: &FilePath| path.segments().count();
        configs.sort_by_cached_key(|path| (depth(path), path.clone()));
        apps.sort_by_cached_key(|path| (depth(path), path.clone()));
        Self { files, configs, apps, frameworks: Framework::folders(files) }
    }

    fn has(&self, folder: &FilePath, name: &str) -> bool {
        folder.join(name).is_some_and(|path| self.files.contains(&path))
    }

    /// Reads the program of one project file.
    fn by_config(&self, path: &FilePath) -> Outcome {
        let base = path.parent();
        let config = Config::read(self.files, path);
        let own = if config.names_root || config.source_root.is_some() {
            None
        } else {
            Some(base.clone())
        };
        let candidates: Vec<&FilePath> =
            config.miniprogram_root.iter().chain(&config.source_root).chain(&own).collect();
        let is_plugin =
            config.plugin_root.as_ref().is_some_and(|root| self.has(root, "plugin.json"));
        let root = candidates
            .iter()
            .find(|root| self.has(root, "app.json"))
            .map(|&root| root.clone())
            .or_else(|| self.fallback(&base, &config));
        let game = config.compile_type.as_deref() == Some("game")
            || candidates.iter().any(|root| self.has(root, "game.json"));
        if game && root.is_none() {
            return Outcome::Notice(NoticeKind::MiniGame);
        }
        // Without an app.json: a plugin alone, or a program whose app.json is still to be written.
        let root = root.or_else(|| {
            let first = (*candidates.first()?).clone();
            let has_client = || {
                self.files
                    .within(&first)
                    .any(|file| is_client(file) && file.path.extension() == "wxml")
            };
            (is_plugin || (has_client() && Framework::around(self.files, &base).is_none()))
                .then_some(first)
        });
        match root {
            Some(root) => Outcome::Program(Box::new(Program::read(
                self.files,
                Some(path),
                config,
                &base,
                &root,
            ))),
            // A framework's own notice says what is missing.
            None if Framework::around(self.files, &base).is_some() => Outcome::Nothing,
            None => Outcome::Notice(NoticeKind::NoApp),
        }
    }

    /// The folder with the outermost app.json of a program below `base`: what a project file means
    /// whose `miniprogramRoot` is not in the tree. A framework's sources are not it.
    fn fallback(&self, base: &FilePath, config: &Config) -> Option<FilePath> {
        if self.frameworks.iter().any(|(folder, _)| folder.is_within(base)) {
            return None;
        }
        self.apps.iter().map(FilePath::parent).find(|folder| {
            folder.is_within(base)
                && !config.server_roots.iter().any(|server| folder.is_within(server))
                && !self.configs.iter().map(FilePath::parent).any(|other| {
                    other != *base && other.is_within(base) && folder.is_within(&other)
                })
                && self.is_program(folder)
        })
    }

    /// Whether `folder` holds a program by its files alone: an app.json with `pages` beside app.js
    /// or app.ts; where app.json cannot be read, a template below it takes the place of `pages`.
    fn is_program(&self, folder: &FilePath) -> bool {
        let Some(app) = folder.join("app.json") else { return false };
        let has_script = self.has(folder, "app.js") || self.has(folder, "app.ts");
        has_script
            && match root_object(self.files, &app) {
                Some(json) => json.get("pages").is_some_and(Json::is_array),
                None => self
                    .files
                    .within(folder)
                    .any(|file| file.kind == Kind::Template && is_client(file)),
            }
    }

    /// The framework whose build output `program` is. A program in the very folder that names the
    /// framework is written by hand.
    fn builder(&self, program: &Program) -> Option<Framework> {
        let (folder, framework) = Framework::around(self.files, &program.root)?;
        (folder != program.root).then_some(framework)
    }

    /// The programs that are written in a framework.
    fn sources(&self) -> Vec<Program> {
        let of_folder = |(folder, framework): &(FilePath, Framework)| {
            Program::of_sources(self.files, folder, *framework)
        };
        self.frameworks.iter().filter_map(of_folder).collect()
    }

    fn framework_notices(&self, programs: &[Program]) -> Vec<Notice> {
        let of_folder = |(folder, framework): &(FilePath, Framework)| {
            let written = programs.iter().find(|one| one.base == *folder && one.sources.is_some());
            let kind = if let Some(sources) = written.and_then(|one| one.sources.clone()) {
                NoticeKind::Sources(Box::new(sources))
            } else if programs.iter().any(|program| program.root == *folder) {
                return None;
            } else {
                let made = programs.iter().find(|program| {
                    program.built_by == Some(*framework) && program.root.is_within(folder)
                });
                let output = made.map(|program| program.root.clone());
                NoticeKind::Framework { framework: *framework, output }
            };
            Some(Notice { folder: folder.clone(), kind })
        };
        self.frameworks.iter().filter_map(of_folder).collect()
    }
}

fn is_client(file: &File) -> bool {
    !is_vendored(&file.path)
}
