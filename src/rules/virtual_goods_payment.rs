//! `virtual-goods-payment`: virtual goods are sold through the ordinary payment interface. The
//! team's own word decides; words in the program alone only make it a question, and not where goods
//! are sent.

use super::{Context, Rule, commerce};
use crate::catalogue::{self, Payment};
use crate::content::topics::Certainty;
use crate::finding::{Finding, Phrase, Severity};
use crate::settings::Commerce;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "virtual-goods-payment",
    severity: Severity::Warning,
    default_on: true,
    summary: ["Virtual goods are sold through virtual payment.", "虚拟商品使用虚拟支付。"],
    docs: include_str!("virtual_goods_payment.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let payments = commerce::payments(context);
    let ordinary = payments.iter().find(|used| used.interface.payment == Some(Payment::Pay));
    let licence = catalogue::licence(commerce::licence_of(Commerce::VirtualGoods));
    let (Some(&used), Some(licence)) = (ordinary, licence) else { return Vec::new() };
    let (severity, because) = match context.settings.commerce {
        Some(Commerce::VirtualGoods) => {
            let because = Phrase::new(
                "the team declares that it sells virtual goods",
                "经营模式声明为虚拟商品",
            );
            (Severity::Warning, because)
        }
        Some(_) => return Vec::new(),
        None => {
            let shown = commerce::shown(context, licence.id);
            let Some(shown) = shown.filter(|it| it.certainty == Certainty::Likely) else {
                return Vec::new();
            };
            if sends_goods(context) {
                return Vec::new();
            }
            let words = commerce::quoted(shown);
            let because = Phrase::new(
                format!("{} point to virtual goods", words.en),
                format!("{}等字样显示可能销售虚拟商品", words.zh),
            );
            (Severity::Information, because)
        }
    };
    let site = context.site_of(used);
    let name = site.name();
    let message = Phrase::new(
        format!("{} takes ordinary payments, and {}", name.en, because.en),
        format!("{} 为普通支付，而{}", name.zh, because.zh),
    );
    let mut finding = RULE.finding(site.place.clone(), message, used.api);
    finding.severity = severity;
    finding.labels = site.labels();
    finding.why = licence.enforcement_sentence().then(&licence.issuer_and_basis());
    let instead = virtual_interfaces();
    finding.help = Phrase::new(
        format!(
            "Sell coins, unlocks, subscriptions and paid content through {instead}, and do not lead users elsewhere to pay."
        ),
        format!("虚拟币、解锁、订阅和付费内容须使用 {instead}，且不得引导用户到其他渠道付款。"),
    );
    vec![finding]
}

/// Whether goods are sent to people: then some of what is paid is no virtual good.
fn sends_goods(context: &Context<'_>) -> bool {
    let address = |key: &&str| *key == "Address";
    context.uses.iter().any(|used| used.interface.information.iter().any(address))
        || context.forms.iter().any(|field| field.kind.id == "address")
}

/// The interfaces of virtual payment that are not withdrawn.
fn virtual_interfaces() -> String {
    let names: Vec<&str> = catalogue::interfaces()
        .iter()
        .filter(|row| row.payment == Some(Payment::PayVirtual) && row.withdrawn.is_none())
        .map(|row| row.name)
        .collect();
    names.join(", ")
}
