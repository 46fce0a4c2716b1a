//! What stands above a page, a component or app.json at a glance: the kinds of personal
//! information, the consent before them, the hosts. It is a count of the inventory, so it says no
//! more than `miniguard inventory` does.

use std::collections::BTreeSet;

use crate::catalogue::Kind;
use crate::check::Report;
use crate::check::inventory::{InventoryUse, InventoryWrapper};
use crate::consent::EvidenceKind;
use crate::facts::script::Expr;
use crate::finding::Phrase;
use crate::path::FilePath;
use crate::project::{Files, Program, Project};
use crate::syntax;
use crate::text::Span;

/// A line of text above a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// What it stands above.
    pub span: Span,
    /// What it says.
    pub text: Phrase,
}

/// The lenses of `path`, of what `report` lists in exactly these files.
pub fn lenses(files: &Files, report: &Report, path: &FilePath) -> Vec<Lens> {
    let project = Project::resolve(files);
    let Some(program) = project.program_of(path) else { return Vec::new() };
    let lens = if program.app.as_ref() == Some(path) {
        of_app(&project, program, report).map(|text| Lens { span: Span::at(0), text })
    } else {
        anchor(files, program, path).and_then(|span| {
            let stem = path.without_extension();
            let mut parts = program.templates_of(files, &stem);
            parts.extend(program.script_of(files, &stem));
            Some(Lens { span, text: of_parts(report, &parts)? })
        })
    };
    lens.into_iter().collect()
}

/// Whether the lenses of all files say the same after both; where they stand follows the text
/// anyway.
pub fn lenses_agree(before: &Report, now: &Report) -> bool {
    let (before, now) = (&before.inventory, &now.inventory);
    let said = |one: &InventoryUse| {
        let hosts = one.network.as_ref().map(|network| network.hosts.clone());
        let class = one.consent.as_ref().map(|standing| standing.class);
        (one.place.file.clone(), one.api, class, hosts)
    };
    let wrapped = |one: &InventoryWrapper| (one.place.file.clone(), one.network.hosts.clone());
    before.uses.iter().map(said).eq(now.uses.iter().map(said))
        && before.wrappers.iter().map(wrapped).eq(now.wrappers.iter().map(wrapped))
        && before.forms.len() == now.forms.len()
        && before
            .forms
            .iter()
            .zip(&now.forms)
            .all(|(a, b)| a.place.file == b.place.file && a.kind.id == b.kind.id)
}

/// What of a page or component a lens stands above: the call of `Page` or `Component`, the first
/// element.
fn anchor(files: &Files, program: &Program, path: &FilePath) -> Option<Span> {
    let kind = files.get(path)?.kind;
    match kind {
        syntax::Kind::Template | syntax::Kind::SingleFile(_) => {
            program.script_of(files, &path.without_extension())?;
            files.template(path)?.elements.first().map(|element| element.tag_span)
        }
        syntax::Kind::Script(_) => {
            let facts = files.script(path)?;
            facts.calls.iter().find_map(|&call| {
                let Expr::Call { callee, .. } = facts.expr(call) else { return None };
                let is_it = matches!(facts.expr(*callee), Expr::Global(name) if matches!(&**name, "Page" | "Component"));
                is_it.then(|| facts.span(*callee))
            })
        }
        syntax::Kind::Manifest | syntax::Kind::Environment => None,
    }
}

/// What a page or component made of `parts` takes, and where it sends.
fn of_parts(report: &Report, parts: &[FilePath]) -> Option<Phrase> {
    let uses: Vec<&InventoryUse> =
        report.inventory.uses.iter().filter(|one| parts.contains(&one.place.file)).collect();
    let fields = report.inventory.forms.iter().filter(|one| parts.contains(&one.place.file));
    let mut kinds: BTreeSet<&str> =
        uses.iter().flat_map(|one| one.information.iter().copied()).collect();
    kinds.extend(fields.map(|one| one.kind.information.unwrap_or(one.kind.id)));
    let wrappers = report.inventory.wrappers.iter();
    let wrappers = wrappers.filter(|one| parts.contains(&one.place.file)).map(|one| &one.network);
    let hosts: BTreeSet<&str> = uses
        .iter()
        .filter_map(|one| one.network.as_ref())
        .chain(wrappers)
        .flat_map(|network| network.hosts.iter().map(String::as_str))
        .collect();
    // A page stands as well as its weakest use.
    let weakest: Option<EvidenceKind> =
        uses.iter().filter_map(|one| one.consent.as_ref()).map(|standing| standing.class).max();
    let mut parts: Vec<Phrase> = Vec::new();
    if !kinds.is_empty() {
        let count = kinds.len();
        let noun = if count == 1 { "kind" } else { "kinds" };
        parts.push(Phrase::new(
            format!("{count} {noun} of personal information"),
            format!("{count} 类个人信息"),
        ));
    }
    if let Some(class) = weakest {
        let label = class.label();
        parts.push(Phrase::new(format!("consent: {}", label.en), format!("同意：{}", label.zh)));
    }
    if !hosts.is_empty() {
        let count = hosts.len();
        let noun = if count == 1 { "host" } else { "hosts" };
        parts.push(Phrase::new(format!("{count} {noun}"), format!("{count} 个域名")));
    }
    joined(&parts)
}

/// How often a program uses what is regulated, by kind.
fn of_app(project: &Project, program: &Program, report: &Report) -> Option<Phrase> {
    let uses: Vec<&InventoryUse> = report
        .inventory
        .uses
        .iter()
        .filter(|one| project.is_of(program, &one.place.file))
        .collect();
    let kinds = [
        (Kind::Payment, "payment", "支付"),
        (Kind::Location, "location", "位置"),
        (Kind::UserData, "user data", "用户信息"),
        (Kind::Network, "network", "网络"),
    ];
    let counted = kinds.into_iter().filter_map(|(kind, en, zh)| {
        let count = uses.iter().filter(|one| one.kind == kind.name()).count();
        (count > 0).then(|| Phrase::new(format!("{en} {count}"), format!("{zh} {count}")))
    });
    let parts: Vec<Phrase> = counted.collect();
    let listed = joined(&parts)?;
    Some(Phrase::new(format!("uses: {}", listed.en), format!("使用：{}", listed.zh)))
}

fn joined(parts: &[Phrase]) -> Option<Phrase> {
    let join = |text: fn(&Phrase) -> &str| parts.iter().map(text).collect::<Vec<_>>().join(" · ");
    (!parts.is_empty()).then(|| Phrase::new(join(|one| &one.en), join(|one| &one.zh)))
}
