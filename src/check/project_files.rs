//! The files that stand beside a program and speak about it: settings, the list of registered
//! domains, the privacy guide. Each is optional, and each may stand where the settings say.

use crate::path::FilePath;
use crate::project::domains::{self, Owner, RegisteredDomains};
use crate::project::{Files, PrivacyGuide, Program, guide};
use crate::rules::{self, LoadedDomains, LoadedGuide};
use crate::settings::{self, Problem, Settings};

/// The nearest miniguard.json from the program's base up to the root of the workspace.
pub(crate) fn load_settings(
    files: &Files,
    program: &Program,
) -> (Settings, Vec<Problem>, Option<FilePath>) {
    let mut folder = program.base.clone();
    loop {
        let Some(file) = folder.join(settings::FILE_NAME) else { return Default::default() };
        if let Some(facts) = files.manifest(&file) {
            let known: Vec<&str> = rules::RULES.iter().map(|rule| rule.id).collect();
            let (settings, problems) = Settings::read(&file, facts, &known);
            return (settings, problems, Some(file));
        }
        if folder == FilePath::root() {
            return Default::default();
        }
        folder = folder.parent();
    }
}

/// The list file that the settings name, or the one beside the project file.
pub(crate) fn load_domains(
    files: &Files,
    program: &Program,
    settings: &Settings,
) -> Option<LoadedDomains> {
    let file = settings.domains.clone().or_else(|| program.base.join(domains::DEFAULT_FILE))?;
    let facts = files.manifest(&file)?;
    let root = facts.root.as_ref()?;
    let appid = program.appid.as_ref().map(|appid| &*appid.name);
    let registered = RegisteredDomains::read(&file, root, Owner::Program(appid));
    let plugin = program.plugin.as_ref().map(|plugin| {
        let appid = plugin.appid.as_ref().map(|appid| &*appid.name);
        RegisteredDomains::read(&file, root, Owner::Plugin(appid))
    });
    Some(LoadedDomains { file, registered, plugin })
}

/// The guide file that the settings name, or the one beside the project file.
pub(crate) fn load_guide(
    files: &Files,
    program: &Program,
    settings: &Settings,
) -> Option<LoadedGuide> {
    let file = settings.privacy_guide.clone().or_else(|| program.base.join(guide::DEFAULT_FILE))?;
    let guide = PrivacyGuide::read(&file, files.manifest(&file)?.root.as_ref()?);
    Some(LoadedGuide { file, guide })
}
