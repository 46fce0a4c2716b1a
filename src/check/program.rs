//! One program from its files to its findings. Uses are found per file and in parallel, everything
//! after them is a pass over lists.

use std::sync::Arc;

use rayon::prelude::*;

use super::consent_pass;
use super::inventory::{InventoryForm, InventoryUse, InventoryWrapper, Network};
use super::memo::{MemoizedMap, ProgramCache, ProgramMemo, Revision};
use super::prefilter::Prefilter;
use super::project_files::{load_domains, load_guide, load_settings};
use super::source_set::{SourceFile, SourceSet, packages};
use super::uses::{self, Found};
use super::{Cancel, Cancelled, Notice, Report, suppression, upload_scan};
use crate::catalogue;
use crate::consent::ConsentStates;
use crate::content::filing::{self, ShownNumber};
use crate::content::forms::{FormField, fields_of_template, may_hold_field};
use crate::content::topics::{self, FileSignals};
use crate::facts::template_text;
use crate::finding::Finding;
use crate::project::{File, Files, ImportPaths, Program, Project};
use crate::rules::{self, Context, Hosts, file_not_analysed};
use crate::semantic::api_use::ApiUse;
use crate::semantic::call_graph::SearchScope;
use crate::semantic::module_graph::ModuleGraph;
use crate::semantic::request_wrappers::RequestWrapperCall;
use crate::settings::{Level, Settings};

/// Analyses one program and adds what there is to say to `report`; gives what is to be remembered
/// of it.
pub(crate) fn analyse(
    files: &Files,
    project: &Project,
    program: &Program,
    revision: &Revision<'_>,
    cancel: &Cancel,
    report: &mut Report,
) -> Result<ProgramCache, Cancelled> {
    let (settings, settings_problems, settings_file) = load_settings(files, program);
    let settings = &settings;
    report.settings.extend(settings_file.clone());
    report.language = report.language.or(settings.language);
    report.baselines.extend(settings.baseline.clone());

    let resolution_config = program.resolution_config(files);
    let revision = revision.program(&resolution_config);
    let packages = revision
        .before
        .map_or_else(|| Arc::new(packages(files, program)), |before| Arc::clone(&before.packages));
    let source_set = SourceSet::of(files, project, program, settings, &packages);
    let read = source_set.read();
    report.inventory.skipped.extend(source_set.skipped());
    let unread = files
        .within(&program.root)
        .any(|file| file.read_error.is_some_and(|read_error| !read_error.has_text()));
    let prefilters = prefilters(&source_set, &revision);
    let module_cache = revision.before.map(|before| &before.module_cache);
    let modules = ModuleGraph::with_cache(files, program, module_cache);
    let mut import_paths = ImportPaths::new(
        program,
        files,
        revision.before.map(|before| &before.steps),
        revision.edited(),
    );
    let mut revision = revision;
    revision.changed_globals =
        module_cache.map(|module_cache| modules.changed_globals(module_cache)).unwrap_or_default();
    let Found { all: uses, calls, by_file, waves } =
        uses::collect_uses(&read, &modules, &mut import_paths, &prefilters, &revision, cancel)?;
    let own_calls = calls.iter().filter(|call| call.package.is_none());
    report.inventory.wrappers.extend(own_calls.map(inventory_wrapper));
    let texts: Vec<&Arc<File>> = read.iter().map(|member| member.file).collect();
    let scope = SearchScope::new(files, program, &modules, &texts);
    let (consent, consent_results) =
        consent_pass::run(&scope, &read, &by_file, &uses, &revision, cancel)?;
    let listed = uses.iter().filter(|used| used.interface.in_inventory());
    report.inventory.uses.extend(listed.map(|used| inventory_use(used, &consent.states)));

    let privacy_guide = load_guide(files, program, settings);
    let required_declarations = match privacy_guide {
        Some(_) => upload_scan::required_declarations(
            files,
            program,
            &read,
            &modules,
            &mut import_paths,
            &uses,
            cancel,
        )?,
        None => Vec::new(),
    };
    let own = own(&read);
    let fields = fields(&own, &revision, cancel)?;
    let forms: Vec<FormField> =
        own.iter().filter_map(|file| fields.get(&file.path)).flat_map(|one| one.to_vec()).collect();
    report.inventory.forms.extend(forms.iter().map(inventory_form));
    let said = said(&own, &revision, cancel)?;
    let texts = own.iter().filter_map(|file| Some((&file.path, said.get(&file.path)?)));
    let topics =
        topics::topics(files, program, texts.clone().map(|(path, said)| (path, &*said.words)));
    let filings: Vec<ShownNumber> = filing::of_app(files, program)
        .into_iter()
        .chain(texts.flat_map(|(_, said)| said.numbers.iter().cloned()))
        .collect();
    let own: Vec<&File> = own.into_iter().map(|file| &**file).collect();
    let noted = revision.before.map(|before| Arc::clone(&before.noted)).unwrap_or_default();
    let context = Context {
        files,
        program,
        uses: &uses,
        calls: &calls,
        settings,
        settings_file: settings_file.clone(),
        settings_problems: &settings_problems,
        domain_list: load_domains(files, program, settings),
        privacy_guide,
        required_declarations: &required_declarations,
        forms: &forms,
        own: &own,
        topics: &topics,
        filings: &filings,
        consent: &consent,
        unread,
        noted: &noted,
        hosts: Hosts::default(),
    };
    report.domains.push(rules::domains::of(&context));
    report.obligations.extend(rules::obligations::obligations(&context));
    let mut findings = Vec::new();
    for rule in rules::RULES {
        cancel.check()?;
        if settings.level(rule.id) == Some(Level::Off)
            || (!rule.default_on && settings.level(rule.id).is_none())
        {
            continue;
        }
        match cancel.attempt(|| (rule.check)(&context))? {
            Ok(found) => findings.extend(found),
            Err(failure) => report.notices.push(Notice {
                folder: program.base.clone(),
                message: file_not_analysed::of_rule(rule.id, &failure),
            }),
        }
    }
    let failed = by_file.iter().filter_map(|(path, uses)| Some((path, uses.failure.as_ref()?)));
    let mut failed: Vec<_> = failed.chain(consent_results.failures()).collect();
    failed.sort_by_key(|(path, _)| *path);
    failed.dedup_by_key(|(path, _)| *path);
    for (path, failure) in failed {
        let finding = file_not_analysed::finding(path, failure);
        report.notices.push(Notice { folder: path.clone(), message: finding.message.clone() });
        findings.push(finding);
    }
    // Settings first: a finding that is turned off needs no suppression, and one that hides it is
    // unused.
    let mut findings: Vec<Finding> =
        findings.into_iter().filter_map(|finding| levelled(finding, settings)).collect();
    let mut commented = Files::new();
    for member in source_set.looked_at() {
        if prefilters.get(&member.file.path).is_some_and(|prefilter| prefilter.suppressions) {
            commented.insert(Arc::clone(member.file));
        }
    }
    // The entries of its list `ignore` can be taken out of the settings file only when it is at
    // hand.
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
    Ok(ProgramCache {
        module_cache: modules.cache(),
        steps: import_paths.into_steps(),
        resolution_config,
        packages: Arc::clone(&packages),
        prefilters,
        uses: by_file,
        waves,
        consent_results,
        noted,
        fields,
        said,
    })
}

/// What a search for words tells of each file that is looked at.
pub(crate) fn prefilters(
    source_set: &SourceSet<'_>,
    revision: &ProgramMemo<'_>,
) -> MemoizedMap<Prefilter> {
    let members: Vec<&SourceFile<'_>> = source_set.looked_at().collect();
    let before = revision.before.map(|before| &before.prefilters);
    let prefilter = |file: &Arc<File>| revision.of_file(before, file, || Prefilter::at(file));
    members.par_iter().map(|member| (member.file.path.clone(), prefilter(member.file))).collect()
}

/// The files of the program's own among `read`.
pub(crate) fn own<'a>(read: &[&SourceFile<'a>]) -> Vec<&'a Arc<File>> {
    read.iter().filter(|member| member.is_own()).map(|member| member.file).collect()
}

/// The fields of each template that ask for personal information.
pub(crate) fn fields(
    own: &[&Arc<File>],
    revision: &ProgramMemo<'_>,
    cancel: &Cancel,
) -> Result<MemoizedMap<Arc<[FormField]>>, Cancelled> {
    let before = revision.before.map(|before| &before.fields);
    let read = |file: &File| {
        let facts = may_hold_field(&file.source).then(|| file.facts().as_template()).flatten();
        facts.map(|facts| fields_of_template(facts, &file.path)).unwrap_or_default().into()
    };
    own.par_iter()
        .filter(|file| file.kind.has_template())
        .map(|file| {
            cancel.check()?;
            Ok((file.path.clone(), revision.of_file(before, file, || read(file))))
        })
        .collect()
}

/// What each of the program's own files says of its topics and of its filing.
fn said(
    own: &[&Arc<File>],
    revision: &ProgramMemo<'_>,
    cancel: &Cancel,
) -> Result<MemoizedMap<FileSignals>, Cancelled> {
    let before = revision.before.map(|before| &before.said);
    let read = |file: &File| {
        let words = template_text(file.kind, &file.source);
        let words = words.map(|text| topics::words_of_template(&text)).unwrap_or_default();
        FileSignals { words: words.into(), numbers: filing::numbers_of_file(file).into() }
    };
    own.par_iter()
        .map(|file| {
            cancel.check()?;
            Ok((file.path.clone(), revision.of_file(before, file, || read(file))))
        })
        .collect()
}

fn inventory_form(field: &FormField) -> InventoryForm {
    InventoryForm {
        place: field.place.clone(),
        kind: field.kind,
        signs: field.signs.iter().map(|sign| sign.name()).collect(),
    }
}

fn inventory_use(used: &ApiUse, states: &ConsentStates) -> InventoryUse {
    InventoryUse {
        place: used.place.clone(),
        api: used.api,
        kind: used.interface.kind.map_or("", catalogue::Kind::name),
        information: used.interface.information.clone(),
        network: (used.interface.kind == Some(catalogue::Kind::Network))
            .then(|| used.reach.as_ref().map(Network::of).unwrap_or_default()),
        package: used.package.as_deref().map(str::to_owned),
        consent: states.get(used).cloned(),
    }
}

fn inventory_wrapper(call: &RequestWrapperCall) -> InventoryWrapper {
    InventoryWrapper {
        place: call.place.clone(),
        callee: call.callee.clone(),
        network: Network::of(&call.reach()),
    }
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
