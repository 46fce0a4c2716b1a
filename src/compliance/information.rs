//! The personal information by kind: where it is collected, what for, on which consent. A purpose
//! is the team's to state; one that the privacy guide does not state is shown as open, never made
//! up.

use std::collections::{BTreeMap, BTreeSet};

use super::payload::SentName;
use super::{Cell, ReportInput, Section, Tone, truncate_list};
use crate::catalogue::{self, FieldKind, Sensitivity};
use crate::check::inventory::{EvidenceKind, InventoryForm, InventoryUse};
use crate::finding::Phrase;
use crate::path::FilePath;
use crate::project::guide::{PRIVACY_TEXT, SETTING_LIST};

/// How many places of one kind are shown.
const PLACES: usize = 6;

/// What is known of one kind.
#[derive(Default)]
pub(super) struct Collected<'a> {
    pub(super) uses: Vec<&'a InventoryUse>,
    pub(super) forms: Vec<&'a InventoryForm>,
    pub(super) sent: Vec<&'a SentName>,
}

impl Collected<'_> {
    /// What of the program's text gives the kind away, where the privacy guide's table does not
    /// know it.
    fn field(&self) -> Option<&'static FieldKind> {
        let forms = self.forms.iter().map(|form| form.kind);
        forms.chain(self.sent.iter().map(|one| one.kind)).max_by_key(|kind| kind.sensitivity)
    }
}

/// The kinds that the program collects, by privacy key.
pub(super) fn collected<'a>(input: &'a ReportInput<'_>) -> BTreeMap<&'static str, Collected<'a>> {
    let mut kinds: BTreeMap<&'static str, Collected<'a>> = BTreeMap::new();
    let inventory = &input.report.inventory;
    for used in inventory.uses.iter().filter(|one| input.holds(&one.place.file)) {
        for key in &used.information {
            kinds.entry(key).or_default().uses.push(used);
        }
    }
    for form in inventory.forms.iter().filter(|one| input.holds(&one.place.file)) {
        let key = form.kind.information.unwrap_or(form.kind.id);
        kinds.entry(key).or_default().forms.push(form);
    }
    for one in &input.sent {
        let key = one.kind.information.unwrap_or(one.kind.id);
        kinds.entry(key).or_default().sent.push(one);
    }
    kinds
}

/// How sensitive a kind is: as the catalogue has it, or for what only forms and requests name, as
/// its field.
pub(super) fn sensitivity(key: &str, collected: &Collected<'_>) -> Option<Sensitivity> {
    let kind = catalogue::information(key).and_then(|kind| kind.sensitivity);
    kind.or_else(|| collected.field().map(|kind| kind.sensitivity))
}

/// The name of a kind.
pub(super) fn label(key: &str, collected: &Collected<'_>) -> Phrase {
    let label = catalogue::information(key)
        .map(|kind| kind.label)
        .or_else(|| collected.field().map(|kind| kind.label));
    label.map_or_else(
        || Phrase::new(key, key),
        |label| Phrase::new(format!("{} ({key})", label.en), format!("{}（{key}）", label.zh)),
    )
}

pub(super) fn section(input: &ReportInput<'_>) -> Section {
    let rows = collected(input).iter().map(|(key, kind)| row(input, key, kind)).collect();
    Section {
        id: "information",
        title: Phrase::new("Personal information", "个人信息"),
        intro: Phrase::new(
            "By kind of the privacy guide. Consent is the weakest evidence on any way to a use; a purpose comes from the checked-in privacy guide. Requests count by the names in their data and query that plainly mean it (`phone`), not by what the values are. Recipients are the hosts of those requests, packages that collect it and hosts that the same files reach; what a server hands on is out of sight.",
            "按《用户隐私保护指引》的类型列出。“授权依据”取所有调用路径中最弱的一种；“用途”来自已保存的指引；请求按其数据和查询参数中含义明确的名称（如 `phone`）计入，不看具体值。“接收方”为这些请求访问的域名、收集该信息的依赖包，以及同一文件访问的域名，服务端的转发不可见。",
        ),
        columns: vec![
            ("information", Phrase::new("Kind", "类型")),
            ("sensitivity", Phrase::new("Sensitivity", "敏感程度")),
            ("interfaces", Phrase::new("Collected by", "收集方式")),
            ("places", Phrase::new("Where", "位置")),
            ("purpose", Phrase::new("Purpose", "用途")),
            ("consent", Phrase::new("Consent", "授权依据")),
            ("recipients", Phrase::new("Recipients", "接收方")),
        ],
        rows,
        none: Phrase::new(
            "No interface and no form in the source collects personal information, and no request carries it under a name that plainly means it.",
            "源码中没有接口或表单收集个人信息，也没有请求以含义明确的名称携带个人信息。",
        ),
    }
}

fn row(input: &ReportInput<'_>, key: &str, kind: &Collected<'_>) -> Vec<Cell> {
    let mut interfaces: Vec<String> = kind
        .uses
        .iter()
        .map(|used| match &used.package {
            Some(package) => format!("{} ({package})", used.api),
            None => used.api.to_owned(),
        })
        .collect();
    interfaces.sort();
    interfaces.dedup();
    let form = Phrase::new("form field", "表单字段");
    let mut by = Cell::code(interfaces);
    by.lines.extend((!kind.forms.is_empty()).then_some(form));
    by.lines.extend(carried(&kind.sent));
    let places = kind.uses.iter().map(|used| input.at(&used.place));
    let places = places.chain(kind.forms.iter().map(|form| input.at(&form.place)));
    let places = places.chain(kind.sent.iter().map(|one| input.at(&one.place)));
    vec![
        Cell::said(label(key, kind)),
        sensitive(sensitivity(key, kind)),
        by,
        Cell { lines: truncate_list(places, PLACES), code: true, ..Cell::default() },
        purpose(input, key),
        consent(kind),
        recipients(input, kind),
    ]
}

/// By which names which calls carry it.
fn carried(sent: &[&SentName]) -> Vec<Phrase> {
    let mut names: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for one in sent {
        names.entry(&*one.call).or_default().insert(&*one.name);
    }
    let lines = names.into_iter().map(|(call, names)| {
        let names: Vec<&str> = names.into_iter().collect();
        Phrase::new(
            format!("{call}, as {}", names.join(", ")),
            format!("{call}，字段 {}", names.join("、")),
        )
    });
    let mut lines: Vec<Phrase> = lines.collect();
    let more = lines.len().saturating_sub(PLACES);
    lines.truncate(PLACES);
    lines.extend(
        (more > 0).then(|| Phrase::new(format!("and {more} more"), format!("另有 {more} 处"))),
    );
    lines
}

/// Who may get it: the packages that collect it, and the hosts that the same files reach. A hint to
/// a person, not a trace.
fn recipients(input: &ReportInput<'_>, kind: &Collected<'_>) -> Cell {
    let packages: BTreeSet<String> = kind.uses.iter().filter_map(|it| it.package.clone()).collect();
    let files: BTreeSet<&FilePath> = kind.uses.iter().map(|it| &it.place.file).collect();
    let lists = input.domains.iter().flat_map(|domains| &domains.lists);
    let sent = kind.sent.iter().flat_map(|one| one.hosts.iter().cloned());
    let hosts: BTreeSet<String> = lists
        .flat_map(|listed| &listed.hosts)
        .filter(|host| host.callers.iter().any(|caller| files.contains(&caller.place.file)))
        .map(|host| host.origin.clone())
        .chain(sent)
        .collect();
    if packages.is_empty() && hosts.is_empty() {
        return Cell::said(Phrase::new("to be stated by the team", "待填写")).tone(Tone::Open);
    }
    Cell {
        lines: truncate_list(packages.into_iter().chain(hosts), PLACES),
        code: true,
        ..Cell::default()
    }
}

fn sensitive(sensitivity: Option<Sensitivity>) -> Cell {
    match sensitivity {
        None => Cell::default(),
        Some(Sensitivity::Personal) => Cell::said(Phrase::new("personal information", "个人信息")),
        Some(Sensitivity::Conditional) => {
            Cell::said(Phrase::new("sensitive by content or use", "视内容或用途可能为敏感个人信息"))
                .tone(Tone::Open)
        }
        Some(Sensitivity::Sensitive) => {
            Cell::said(Phrase::new("sensitive (PIPL Art. 28)", "敏感个人信息（个保法第二十八条）"))
                .tone(Tone::Open)
        }
    }
}

fn purpose(input: &ReportInput<'_>, key: &str) -> Cell {
    let to_state = |en, zh| Cell::said(Phrase::new(en, zh)).tone(Tone::Open);
    let Some(loaded) = input.guide else {
        return to_state(
            "to be stated by the team (no privacy guide in the tree)",
            "待填写（源码中没有隐私保护指引）",
        );
    };
    let declared = loaded.guide.declared.iter().flatten().find(|one| &*one.key == key);
    let Some(declared) = declared else {
        return to_state("not in the privacy guide", "隐私保护指引中没有该类型").tone(Tone::Bad);
    };
    let root = input.files.manifest(&loaded.file).and_then(|facts| facts.root.as_ref());
    let text = root
        .and_then(|root| root.get(SETTING_LIST)?.elements().get(declared.index)?.get(PRIVACY_TEXT))
        .and_then(|text| text.as_str())
        .filter(|text| !text.trim().is_empty());
    match text {
        Some(text) => Cell::text(text),
        None => to_state("in the privacy guide, without a purpose", "指引中有该类型，但未写明用途"),
    }
}

fn consent(kind: &Collected<'_>) -> Cell {
    let standings = kind.uses.iter().filter_map(|used| used.consent.as_ref());
    let Some(weakest) = standings.map(|standing| standing.class).max() else {
        return Cell::said(Phrase::new("not a question of the gate", "不涉及隐私授权接口"));
    };
    let tone = match weakest {
        EvidenceKind::None => Tone::Bad,
        EvidenceKind::Fail => Tone::Open,
        _ => Tone::Good,
    };
    Cell::said(weakest.label()).tone(tone)
}
