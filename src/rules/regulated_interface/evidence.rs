//! What of a use's duties the source tree shows. Three answers only – found, not found, out of
//! sight – and "out of sight" is said where the console alone knows.

use std::collections::BTreeMap;

use crate::catalogue::{self, ConsentUi, ConsoleGate, Duty, Interface};
use crate::consent::{ConsentState, EvidenceKind};
use crate::finding::{Language, Phrase};
use crate::project::Field;
use crate::rules::Context;
use crate::semantic::api_use::ApiUse;

/// The first use that shows that the program deals with a duty, by the duty's id.
pub(super) type Shown<'a> = BTreeMap<&'static str, &'a ApiUse>;

/// Looks for the evidence of every duty, once for all findings. O(uses × duties).
pub(super) fn shown<'a>(context: &Context<'a>) -> Shown<'a> {
    let first = |duty: &'static Duty| {
        let used = context.uses.iter().find(|used| duty.evidence.contains(&used.api))?;
        Some((duty.id, used))
    };
    catalogue::duties().iter().filter_map(first).collect()
}

/// Found, not found, or out of sight, for each duty of `row` that the tree can speak to.
pub(super) fn of(context: &Context<'_>, shown: &Shown<'_>, used: &ApiUse) -> Phrase {
    let row = used.interface;
    let mut found: Vec<Phrase> = Vec::new();
    let mut missing: Vec<Phrase> = Vec::new();
    let mut sort =
        |is_there: bool, what: Phrase| if is_there { found.push(what) } else { missing.push(what) };
    if let Some(name) = row.required_private_info {
        let declared = context.declared_private_infos().iter().any(|one| &*one.name == name);
        sort(declared, field(Field::RequiredPrivateInfos));
    }
    if let Some(scope) = row.permission {
        let described = context
            .declared_permissions()
            .iter()
            .any(|one| &*one.scope == scope && one.desc.is_some());
        sort(described, field(Field::Permission));
    }
    if let Some(mode) = row.background_mode {
        let declared = context.declared_background_modes().iter().any(|one| &*one.name == mode);
        sort(declared, field(Field::RequiredBackgroundModes));
    }
    for duty in catalogue::duties_of(row).filter(|duty| !duty.evidence.is_empty()) {
        if let Some(standing) = context.consent.states.get(used) {
            sort(standing.class != EvidenceKind::None, consent(standing, row));
            continue;
        }
        match shown.get(duty.id) {
            Some(used) => sort(
                true,
                Phrase::new(
                    format!("consent handling ({} in {})", used.api, used.place.file),
                    format!("隐私授权处理（{}，{}）", used.api, used.place.file),
                ),
            ),
            None if row.consent_ui == Some(ConsentUi::None) => sort(
                false,
                Phrase::new(
                    "consent handling of its own (no pop-up appears for this interface)",
                    "自有的隐私授权处理（该接口不会触发官方弹窗）",
                ),
            ),
            None => sort(
                false,
                Phrase::new(
                    "consent handling of its own (the official pop-up appears instead)",
                    "自有的隐私授权处理（将由官方弹窗代替）",
                ),
            ),
        }
    }
    let mut said = Phrase::default();
    for (list, en, zh) in [(&found, "Found", "已找到"), (&missing, "Not found", "未找到")] {
        if !list.is_empty() {
            said = said.then(&Phrase::new(
                format!("{en}: {}.", join(list, Language::English, ", ")),
                format!("{zh}：{}。", join(list, Language::Chinese, "、")),
            ));
        }
    }
    let out_of_sight = out_of_sight(row);
    if out_of_sight.is_empty() {
        return said;
    }
    said.then(&Phrase::new(
        format!("Only the console shows: {}.", join(&out_of_sight, Language::English, ", ")),
        format!("仅管理后台可见：{}。", join(&out_of_sight, Language::Chinese, "、")),
    ))
}

/// What stands before the use, with its place.
fn consent(standing: &ConsentState, row: &Interface) -> Phrase {
    if standing.class == EvidenceKind::None {
        return if standing.unhandled_event.is_some() {
            Phrase::new(
                "consent before this use (the program's own pop-up is not on this page)",
                "使用前的授权（程序自有的弹窗不在该页面）",
            )
        } else if row.consent_ui == Some(ConsentUi::None) {
            Phrase::new(
                "consent before this use (no pop-up appears for this interface)",
                "使用前的授权（该接口不会触发官方弹窗）",
            )
        } else {
            Phrase::new(
                "consent before this use (the official pop-up appears instead)",
                "使用前的授权（将由官方弹窗代替）",
            )
        };
    }
    let label = standing.class.label();
    match &standing.place {
        Some(place) => Phrase::new(
            format!("consent ({}, {})", label.en, place.file),
            format!("用户同意（{}，{}）", label.zh, place.file),
        ),
        None => Phrase::new(format!("consent ({})", label.en), format!("用户同意（{}）", label.zh)),
    }
}

fn field(field: Field) -> Phrase {
    Phrase::new(format!("`{}`", field.key()), format!("`{}`", field.key()))
}

fn join(list: &[Phrase], language: Language, comma: &str) -> String {
    list.iter().map(|phrase| phrase.get(language)).collect::<Vec<_>>().join(comma)
}

fn out_of_sight(row: &Interface) -> Vec<Phrase> {
    let mut list = Vec::new();
    if row.table.is_some() {
        list.push(Phrase::new("the privacy guide", "用户隐私保护指引"));
    }
    list.extend(row.console_gate.map(|gate| match gate {
        ConsoleGate::Application => {
            Phrase::new("the application for the interface", "该能力的申请")
        }
        ConsoleGate::CategoryApproval => Phrase::new(
            "the service category and the opening of the interface",
            "服务类目与接口开通",
        ),
        ConsoleGate::LinkedAccount => Phrase::new("the linked official account", "关联的公众号"),
        ConsoleGate::Merchant => Phrase::new("the merchant number", "商户号"),
        ConsoleGate::NonPersonal => {
            Phrase::new("the kind of account (not a natural person's)", "账号主体（非个人）")
        }
        ConsoleGate::Product => Phrase::new("the payment product", "支付产品的开通"),
        ConsoleGate::ScenarioApproval => Phrase::new("the opening of the interface", "接口开通"),
        ConsoleGate::ScenarioPermission => {
            Phrase::new("the permission for the scenario", "场景权限")
        }
        ConsoleGate::VerifiedEntity => Phrase::new("the account's verification", "账号认证"),
    }));
    list
}
