//! `precise-location`: a precise position of which only the town is used, as far as the script
//! shows. Names of a town or district have to be there and everything that needs a point on a map
//! has to be absent; what a server does with the position is out of sight, hence a hint.

use super::{Context, Rule};
use crate::catalogue::{self, ExclusiveGroup};
use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, Key};
use crate::finding::{Finding, Phrase, Severity};

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "precise-location",
    severity: Severity::Hint,
    default_on: true,
    summary: [
        "Where the town is enough, the approximate position is asked for.",
        "仅需城市级位置时，使用模糊位置接口。",
    ],
    docs: include_str!("precise_location.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let coarse = |row| catalogue::duties_of(row).any(|duty| duty.id == "coarse-location");
    // A program that needs a precise position anywhere cannot declare the approximate one beside
    // it.
    let precise: Vec<_> = context
        .sites(|used| used.interface.exclusive_group == Some(ExclusiveGroup::Precise))
        .into_iter()
        .collect();
    if precise.iter().any(|site| {
        site.in_package()
            || !coarse(site.used.interface)
            || site.used.interface.background_mode.is_some()
            || !is_of_town(context, site.used)
    }) {
        return Vec::new();
    }
    precise
        .iter()
        .filter(|site| site.used.interface.required_private_info.is_some())
        .map(|site| {
            let mut finding = RULE.finding(
                site.place.clone(),
                Phrase::new(
                    format!("{} gives a precise position, but only the town seems to be used", site.used.api),
                    format!("{} 返回精确位置，但程序似乎只用到城市级信息", site.used.api),
                ),
                site.used.api,
            );
            finding.why = Phrase::new(
                "A precise position is sensitive personal information, an approximate one is not; no more than needed may be collected (PIPL Art. 6, 28; TC260-PG-20244A).",
                "精确位置属于敏感个人信息，模糊位置不属于；收集应限于必要范围（《个人信息保护法》第六条、第二十八条；TC260-PG-20244A）。",
            );
            let instead: Vec<&str> = catalogue::interfaces()
                .iter()
                .filter(|row| row.exclusive_group == Some(ExclusiveGroup::Fuzzy))
                .map(|row| row.name)
                .collect();
            finding.help = Phrase::new(
                format!("Use {} and declare it in place of the precise one, if a point on the map is not needed.", instead.join(", ")),
                format!("如不需要精确坐标，请改用 {}，并相应修改声明。", instead.join("、")),
            );
            finding
        })
        .collect()
}

/// Whether the file of the use speaks of towns and of nothing that needs a point.
fn is_of_town(context: &Context<'_>, used: &crate::semantic::api_use::ApiUse) -> bool {
    let (Some(town), Some(point)) =
        (catalogue::wording("city-level"), catalogue::wording("precise-use"))
    else {
        return false;
    };
    let file = &used.place.file;
    let Some(facts) = context.files.script(file) else { return false };
    let names: Vec<&str> = names(facts).collect();
    let on_map = context.files.get(&context.program.template_of(context.files, file)).is_some_and(
        |template| {
            let facts = template.facts().as_template();
            facts.is_some_and(|facts| {
                facts.elements.iter().any(|element| point.is_name(&element.tag))
            })
        },
    );
    names.iter().any(|name| town.is_name(name))
        && !names.iter().any(|name| point.is_name(name))
        && !on_map
}

/// Every name of a member or an entry in the script.
fn names(facts: &ScriptFacts) -> impl Iterator<Item = &str> {
    facts.exprs.iter().flat_map(|expr| match expr {
        Expr::Member { name, .. } => vec![&**name],
        Expr::Object(entries) => entries
            .iter()
            .filter_map(|entry| if let Key::Name(name) = &entry.key { Some(&**name) } else { None })
            .collect(),
        _ => Vec::new(),
    })
}
