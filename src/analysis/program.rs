//! One program from its files to its findings. The one thing to know: uses are found per file and in parallel, everything after
//! them is a pass over lists.

use std::sync::Arc;

use rayon::prelude::*;

use super::inventory::{InventoryForm, InventoryUse, Network, Resolution, Skipped};
use super::relevance::{import_word, may_hold_suppression, may_hold_use};
use super::{Cancel, Cancelled, Report, platform, suppression};
use crate::catalogue;
use crate::finding::{Finding, Phrase, Place};
use crate::flow;
use crate::flow::consent::Consent;
use crate::flow::forms::{FormField, fields_of_template, may_hold_field};
use crate::flow::modules::Modules;
use crate::flow::uses::Use;
use crate::path::FilePath;
use crate::project::domains::{self, Owner, RegisteredDomains};
use crate::project::{
    File, Files, Ownership, PrivacyGuide, Program, Project, Trouble, Ways, guide,
};
use crate::rules::{self, Context, LoadedDomains, LoadedGuide};
use crate::settings::{self, Level, Problem, Settings};
use crate::syntax::{Dialect, Kind};

/// Analyses one program and adds what there is to say to `report`.
pub(super) fn analyse(
    files: &Files,
    project: &Project,
    program: &Program,
    cancel: &Cancel,
    report: &mut Report,
) -> Result<(), Cancelled> {
    let (settings, settings_problems, settings_file) = load_settings(files, program);
    let settings = &settings;
    report.settings.extend(settings_file.clone());
    report.language = report.language.or(settings.language);
    report.baselines.extend(settings.baseline.clone());

    let (read, skipped) = read(files, project, program, settings);
    report.inventory.skipped.extend(skipped);
    let unread = files
        .within(&program.root)
        .any(|file| file.trouble.is_some_and(|trouble| trouble != Trouble::NotUtf8));
    let mut uses = uses(files, program, &read, cancel)?;
    let consent = Consent::of(files, program, &read, &uses);
    consent.judge(files, program, &read, &mut uses);
    report
        .inventory
        .uses
        .extend(uses.iter().filter(|used| used.interface.in_inventory()).map(inventory_use));

    let privacy_guide = load_guide(files, program, settings);
    let demands = match privacy_guide {
        Some(_) => platform::demands(files, program, &read, &uses, cancel)?,
        None => Vec::new(),
    };
    let own = own(files, program, &read);
    let forms = forms(&own, cancel)?;
    report.inventory.forms.extend(forms.iter().map(inventory_form));
    let context = Context {
        files,
        program,
        uses: &uses,
        settings,
        settings_file: settings_file.clone(),
        settings_problems: &settings_problems,
        domain_list: load_domains(files, program, settings),
        privacy_guide,
        demands: &demands,
        forms: &forms,
        own: &own,
        consent: &consent,
        unread,
    };
    let mut findings = Vec::new();
    for rule in rules::RULES {
        cancel.check()?;
        if settings.level(rule.id) == Some(Level::Off)
            || (!rule.default_on && settings.level(rule.id).is_none())
        {
            continue;
        }
        findings.extend((rule.check)(&context));
    }
    // Settings first: a finding that is turned off needs no suppression, and one that hides it is unused.
    let mut findings: Vec<Finding> =
        findings.into_iter().filter_map(|finding| levelled(finding, settings)).collect();
    let mut commented = Files::new();
    for file in files.iter().filter(|file| may_hold_suppression(&file.source)) {
        if project.is_of(program, &file.path)
            && reason_to_skip(files, program, settings, file).is_none()
        {
            commented.insert(Arc::clone(file));
        }
    }
    // The entries of its list `ignore` can be taken out of the settings file only when it is at hand.
    if let Some(file) = settings_file.as_ref().and_then(|file| files.get(file)) {
        commented.insert(Arc::clone(file));
    }
    let known: Vec<&str> = rules::RULES.iter().map(|rule| rule.id).collect();
    findings = suppression::apply(findings, &commented, &settings.ignore, &known, |rule| {
        settings
            .level(rule)
            .map_or(rules::rule(rule).is_some_and(|rule| !rule.default_on), |level| {
                level == Level::Off
            })
    });
    report.findings.extend(findings.into_iter().filter_map(|finding| levelled(finding, settings)));
    Ok(())
}

/// The scripts and templates of the program that are looked at, and those that are not.
pub(super) fn read<'a>(
    files: &'a Files,
    project: &Project,
    program: &'a Program,
    settings: &Settings,
) -> (Vec<&'a Arc<File>>, Vec<Skipped>) {
    let mut read = Vec::new();
    let mut skipped = Vec::new();
    for file in files
        .within(&program.root)
        .chain(program.plugin.iter().flat_map(|plugin| files.within(&plugin.root)))
    {
        if !project.is_of(program, &file.path) || file.kind == Kind::Manifest {
            continue;
        }
        match reason_to_skip(files, program, settings, file) {
            Some(reason) => skipped.push(Skipped { file: file.path.clone(), reason }),
            None => read.push(file),
        }
    }
    (read, skipped)
}

/// Every use in the files, by file and place.
pub(super) fn uses(
    files: &Files,
    program: &Program,
    read: &[&Arc<File>],
    cancel: &Cancel,
) -> Result<Vec<Use>, Cancelled> {
    let modules = Modules::of(files, program);
    let (mut wanted, mut rest): (Vec<&Arc<File>>, Vec<&Arc<File>>) =
        read.iter().partition(|file| may_hold_use(file.kind, &file.source));
    rest.retain(|file| matches!(file.kind, Kind::Script(dialect) if dialect != Dialect::Wxs));
    let mut found: Vec<(&FilePath, Vec<Use>)> = Vec::new();
    while !wanted.is_empty() {
        let looked_at: Result<Vec<_>, Cancelled> = wanted
            .par_iter()
            .map(|file| {
                cancel.check()?;
                let giver = flow::gives_platform(&modules, file).then(|| import_word(&file.path));
                Ok(((&file.path, flow::uses_of_file(&modules, file)), giver))
            })
            .collect();
        let (uses, givers): (Vec<_>, Vec<_>) = looked_at?.into_iter().unzip();
        found.extend(uses);
        // Who imports `wx` under another name need not say `wx`.
        let words: Vec<_> = givers.into_iter().flatten().collect();
        (wanted, rest) = rest
            .into_iter()
            .partition(|file| words.iter().any(|word| word.find(file.source.as_bytes()).is_some()));
    }
    found.retain(|(_, uses)| !uses.is_empty());
    found.sort_by_key(|(path, _)| *path);

    // One after another: each question goes on where the search for the one before stopped.
    let mut ways = Ways::new(program, files);
    let mut all = Vec::new();
    for (path, mut uses) in found {
        cancel.check()?;
        let (name, chain) = package_and_way(files, program, &mut ways, path);
        let in_plugin = program.owns(path) == Ownership::Plugin;
        for used in &mut uses {
            used.package.clone_from(&name);
            used.chain.clone_from(&chain);
            used.in_plugin = in_plugin;
        }
        all.append(&mut uses);
    }
    Ok(all)
}

/// The files of the program's own among `read`.
pub(super) fn own<'a>(files: &Files, program: &Program, read: &[&'a Arc<File>]) -> Vec<&'a File> {
    let known = |segment: &str| catalogue::package_folder(segment).map(|package| package.package);
    let own = read.iter().filter(|file| {
        program.owns(&file.path) == Ownership::Client
            && program.package_of(files, &file.path, &known).is_none()
    });
    own.map(|file| &***file).collect()
}

/// Every field of the templates that asks for personal information, by file and place.
pub(super) fn forms(own: &[&File], cancel: &Cancel) -> Result<Vec<FormField>, Cancelled> {
    let fields: Result<Vec<_>, Cancelled> = own
        .par_iter()
        .filter(|file| file.kind == Kind::Template && may_hold_field(&file.source))
        .map(|file| {
            cancel.check()?;
            let facts = file.facts().as_template();
            Ok(facts.map(|facts| fields_of_template(facts, &file.path)).unwrap_or_default())
        })
        .collect();
    Ok(fields?.into_iter().flatten().collect())
}

fn inventory_form(field: &FormField) -> InventoryForm {
    InventoryForm {
        place: field.place.clone(),
        kind: field.kind,
        signs: field.signs.iter().map(|sign| sign.name()).collect(),
    }
}

/// The package that a file belongs to, and the way from the program's own files to it.
pub(super) fn package_and_way(
    files: &Files,
    program: &Program,
    ways: &mut Ways<'_>,
    path: &FilePath,
) -> (Option<Arc<str>>, Vec<Place>) {
    let known = |segment: &str| catalogue::package_folder(segment).map(|package| package.package);
    let Some(package) = program.package_of(files, path, &known) else { return (None, Vec::new()) };
    (Some(Arc::from(&*package.name)), way_to(ways, path, &package.folder))
}

/// The way to the folder of the file, which may be one component of many; failing that, to the package.
fn way_to(ways: &mut Ways<'_>, file: &FilePath, package: &FilePath) -> Vec<Place> {
    let folder = file.parent();
    if folder.is_within(package) && folder != *package {
        let way = ways.to(&folder);
        if !way.is_empty() {
            return way;
        }
    }
    ways.to(package)
}

fn inventory_use(used: &Use) -> InventoryUse {
    InventoryUse {
        place: used.place.clone(),
        api: used.api,
        kind: used.interface.kind.map_or("", catalogue::Kind::name),
        information: used.interface.information.clone(),
        network: (used.interface.kind == Some(catalogue::Kind::Network)).then(|| {
            let reach = used.reach.clone().unwrap_or_default();
            let hosts = reach.origins();
            let resolution = match (reach.complete, hosts.is_empty()) {
                (true, false) => Resolution::Resolved,
                (_, true) => Resolution::Dynamic,
                (false, false) => Resolution::Partial,
            };
            Network { hosts, resolution }
        }),
        package: used.package.as_deref().map(str::to_owned),
        consent: used.standing.clone(),
    }
}

/// Why a file of the program is not looked at.
fn reason_to_skip(
    files: &Files,
    program: &Program,
    settings: &Settings,
    file: &File,
) -> Option<Phrase> {
    match file.trouble {
        Some(Trouble::TooLarge { bytes }) => {
            return Some(Phrase::new(
                format!("too large to read ({bytes} bytes)"),
                format!("文件过大，未读取（{bytes} 字节）"),
            ));
        }
        Some(Trouble::Unreadable) => return Some(Phrase::new("could not be read", "无法读取")),
        Some(Trouble::NotUtf8) | None => {}
    }
    match program.owns(&file.path) {
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

fn levelled(mut finding: Finding, settings: &Settings) -> Option<Finding> {
    if settings.excludes(&finding.place.file) {
        return None;
    }
    match settings.level(finding.rule) {
        Some(Level::Off) => return None,
        Some(Level::At(severity)) => finding.severity = severity,
        None => {}
    }
    Some(finding)
}

/// The nearest miniguard.json from the program's base up to the root of the workspace.
pub(super) fn load_settings(
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
fn load_domains(files: &Files, program: &Program, settings: &Settings) -> Option<LoadedDomains> {
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
pub(super) fn load_guide(
    files: &Files,
    program: &Program,
    settings: &Settings,
) -> Option<LoadedGuide> {
    let file = settings.privacy_guide.clone().or_else(|| program.base.join(guide::DEFAULT_FILE))?;
    let guide = PrivacyGuide::read(&file, files.manifest(&file)?.root.as_ref()?);
    Some(LoadedGuide { file, guide })
}
