//! What the guide declares and nothing in the program brings in. What a server or a plugin collects
//! is out of sight, and what a person may type is seen only where a form gives it away; both make a
//! finding lighter.

use super::{RULE, what};
use crate::catalogue;
use crate::facts::manifest::edit;
use crate::finding::{Applicability, Finding, Fix, Phrase, Severity, Tag};
use crate::project::guide::{Declared, SETTING_LIST};
use crate::rules::{Context, LoadedGuide};

/// A finding for each such entry.
pub(super) fn check(context: &Context<'_>, loaded: &LoadedGuide) -> Vec<Finding> {
    let entries = loaded.guide.declared.iter().flatten();
    entries
        .filter(|entry| is_surplus(context, loaded, &entry.key))
        .map(|entry| surplus(context, loaded, entry))
        .collect()
}

fn is_surplus(context: &Context<'_>, loaded: &LoadedGuide, key: &str) -> bool {
    // Kinds without an interface come in through forms and servers; keys of one's own are the
    // team's.
    catalogue::information(key).is_some_and(|kind| kind.has_interface)
        && context.required_declarations.iter().all(|required| required.key != key)
        && context.uses.iter().all(|used| !used.interface.information.contains(&key))
        && context.forms.iter().all(|field| field.kind.information != Some(key))
        && loaded.guide.detected.iter().all(|(found, _)| &**found != key)
}

fn surplus(context: &Context<'_>, loaded: &LoadedGuide, entry: &Declared) -> Finding {
    let kind = what(&entry.key);
    let mut finding = RULE.finding(
        entry.place.clone(),
        Phrase::new(
            format!("the guide declares {}, but nothing in the program collects it", kind.en),
            format!("指引声明了{}，但程序中没有收集", kind.zh),
        ),
        &*entry.key,
    );
    // What people can type may be asked for in words that are not known here.
    let typed = catalogue::field_kinds().iter().any(|kind| kind.information == Some(&*entry.key));
    let unsure = typed || context.has_blind_spots();
    finding.severity = if unsure { Severity::Information } else { Severity::Warning };
    finding.why = Phrase::new(
        "Users are told of a collection that does not happen; declaring more than is needed reads as collecting more than is necessary (PIPL Art. 6, 7).",
        "这等于告知用户一项并不存在的收集；声明超出实际需要，易被视为超出必要范围（《个人信息保护法》第六条、第七条）。",
    );
    finding.help = Phrase::new(
        "Remove it in the console and in this file, unless a plugin, a form or the server collects it.",
        "如非插件、表单或服务端收集，请在管理后台和本文件中移除。",
    );
    finding.tag = Some(Tag::Unnecessary);
    let edits = context.edit_manifest(&loaded.file, |facts, source| {
        edit::remove_at(facts, source, &[SETTING_LIST], entry.index)
    });
    finding.fixes.extend(edits.map(|edits| Fix {
        title: Phrase::new(
            format!("Remove {} from {}", entry.key, loaded.file.file_name()),
            format!("从 {} 中移除 {}", loaded.file.file_name(), entry.key),
        ),
        applicability: Applicability::Unsafe,
        edits,
    }));
    finding
}
