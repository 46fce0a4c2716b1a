//! A consent pop-up for a program that has none: a component, its place in app.json and on every
//! page, and the one handler of the privacy event. It is offered only where nothing of its kind
//! exists, and replaces nothing.

use crate::catalogue::ConsentRole;
use crate::facts::manifest::edit::{self, Value};
use crate::finding::{Applicability, Edit, Fix, Phrase, Place};
use crate::path::FilePath;
use crate::project::{Program, ProgramKind};
use crate::rules::Context;
use crate::semantic::api_use::ApiUse;

/// The tag, the component's folder and its files.
const NAME: &str = "privacy-popup";
/// The module that answers the event.
const CONSENT: &str = "consent";
/// The files, by name.
const FILES: [(&str, &str); 5] = [
    ("consent.js", include_str!("popup/consent.js")),
    ("privacy-popup.js", include_str!("popup/privacy-popup.js")),
    ("privacy-popup.json", include_str!("popup/privacy-popup.json")),
    ("privacy-popup.wxml", include_str!("popup/privacy-popup.wxml")),
    ("privacy-popup.wxss", include_str!("popup/privacy-popup.wxss")),
];

/// The fix, when the program is source that a team writes, and nothing in it asks for consent yet.
pub(super) fn fix(context: &Context<'_>) -> Option<Fix> {
    let program = context.program;
    // The files of the pop-up are WeChat's own; a framework's sources take them in another form.
    let written_for_wechat = program.built_by.is_none() && !program.is_compiled();
    if program.kind != ProgramKind::MiniProgram || !written_for_wechat || asks(context.uses) {
        return None;
    }
    let folder = program.root.join("components")?.join(NAME)?;
    // Styles and pictures are not read, so a folder of that name is left alone whatever it
    // holds.
    if context.files.within(&folder).next().is_some()
        || program.using_components().any(|entry| &*entry.tag == NAME)
    {
        return None;
    }
    let mut edits = Vec::new();
    for (name, text) in FILES {
        edits.push(Edit::Create { file: folder.join(name)?, text: text.to_owned() });
    }
    let address = format!("/components/{NAME}/{NAME}");
    edits.extend(context.edit_manifest(program.app.as_ref()?, |facts, source| {
        edit::set_member(facts, source, &["usingComponents"], NAME, Value::from(&*address))
    })?);
    edits.push(load(context, program.app_script.as_ref()?)?);
    let shown = edits.len();
    for page in program.pages() {
        let template = program.template_of(context.files, &page.stem);
        if !is_island(program, &template) {
            edits.extend(show(context, &template, NAME));
        }
    }
    (edits.len() > shown).then(|| Fix {
        title: Phrase::new(
            format!("Add a consent pop-up: components/{NAME}, on every page, with the handler"),
            format!("新增隐私授权弹窗：components/{NAME}，放置于各页面并注册监听"),
        ),
        applicability: Applicability::Unsafe,
        edits,
    })
}

/// Whether a pop-up of the app reaches `file`: an independent subpackage runs without it.
pub(super) fn is_island(program: &Program, file: &FilePath) -> bool {
    program.subpackage_of(file).is_some_and(|subpackage| subpackage.independent)
}

/// Whether something registers a handler or shows an agree button.
fn asks(uses: &[ApiUse]) -> bool {
    uses.iter().any(|used| {
        matches!(used.interface.consent_role, Some(ConsentRole::Handler | ConsentRole::Agreement))
    })
}

/// Loads the module that registers the handler, before anything else of the app.
fn load(context: &Context<'_>, script: &FilePath) -> Option<Edit> {
    let source = &context.editable(script)?.source;
    let path = format!("./components/{NAME}/{CONSENT}");
    let modern = script.extension() == "ts"
        || source.lines().any(|line| line.starts_with("import ") || line.starts_with("export "));
    let line = if modern { format!("import '{path}';") } else { format!("require('{path}');") };
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let at = directives(source);
    let place = Place::new(script, (at..at).into());
    let text = match at {
        0 => format!("{line}{newline}"),
        _ => format!("{newline}{line}"),
    };
    Some(Edit::Replace { place, text })
}

/// Where the first statement may stand: after `'use strict'` at the very beginning.
fn directives(source: &str) -> usize {
    let strict = ["'use strict';", "\"use strict\";", "'use strict'", "\"use strict\""];
    strict.iter().find(|text| source.starts_with(**text)).map_or(0, |text| text.len())
}

/// Puts a pop-up at the end of a page.
fn show(context: &Context<'_>, template: &FilePath, tag: &str) -> Option<Edit> {
    let source = &context.editable(template)?.source;
    let end = source.len();
    let newline = if source.contains("\r\n") { "\r\n" } else { "\n" };
    let before = if source.is_empty() || source.ends_with('\n') { "" } else { newline };
    Some(Edit::Replace {
        place: Place::new(template, (end..end).into()),
        text: format!("{before}<{tag} />{newline}"),
    })
}

/// Puts the program's own pop-up on the page that `file` belongs to, when app.json knows it by a
/// tag.
pub(super) fn show_own(context: &Context<'_>, file: &FilePath) -> Option<Fix> {
    let buttons = &context.consent.buttons;
    let holds =
        |stem: &FilePath| buttons.iter().any(|button| button.tag.file.without_extension() == *stem);
    let edges = context.program.global_components(context.files);
    let tag = &edges.iter().find(|edge| edge.target.stem().is_some_and(holds))?.tag;
    let template = context.program.template_of(context.files, &file.without_extension());
    let edit = show(context, &template, tag)?;
    Some(Fix {
        title: Phrase::new(format!("Put <{tag}> on the page"), format!("在该页面放置 <{tag}>")),
        applicability: Applicability::Unsafe,
        edits: vec![edit],
    })
}
