//! How a program sells: which uses take money, and which licence each model of selling goes with. A
//! card, a pay code or money received is no sale.

use super::Context;
use crate::catalogue::Payment;
use crate::content::topics::DetectedTopic;
use crate::finding::Phrase;
use crate::semantic::api_use::ApiUse;
use crate::settings::Commerce;

/// The uses by which users pay, own code before packages.
pub(super) fn payments<'a>(context: &Context<'a>) -> Vec<&'a ApiUse> {
    let mut uses: Vec<&ApiUse> = context
        .uses
        .iter()
        .filter(|used| !used.in_plugin && used.interface.payment.is_some_and(Payment::user_pays))
        .collect();
    uses.sort_by_key(|used| used.package.is_some());
    uses
}

/// The licence that a model of selling goes with.
pub(super) fn licence_of(model: Commerce) -> &'static str {
    match model {
        Commerce::SelfOperated => "ecommerce.self",
        Commerce::PaidInformation => "telecom.b25",
        Commerce::Marketplace => "telecom.edi",
        Commerce::VirtualGoods => "payment.virtual",
    }
}

/// What a model is called.
pub(super) fn phrase_of(model: Commerce) -> Phrase {
    match model {
        Commerce::SelfOperated => Phrase::new("your own goods or services", "自营商品或服务"),
        Commerce::PaidInformation => {
            Phrase::new("information or memberships for payment", "有偿信息或付费会员")
        }
        Commerce::Marketplace => Phrase::new("a marketplace of several merchants", "多商户平台"),
        Commerce::VirtualGoods => Phrase::new("virtual goods", "虚拟商品"),
    }
}

/// The topic of that licence, when the program shows it.
pub(super) fn shown<'a>(context: &Context<'a>, licence: &str) -> Option<&'a DetectedTopic> {
    context.topics.iter().find(|shown| shown.topic.licence == licence)
}

/// Whether the program is a shop: it takes money, and the team or its words say that it sells
/// goods.
pub(super) fn is_shop(context: &Context<'_>) -> bool {
    !payments(context).is_empty()
        && match context.settings.commerce {
            Some(model) => matches!(model, Commerce::SelfOperated | Commerce::Marketplace),
            None => shown(context, licence_of(Commerce::SelfOperated)).is_some(),
        }
}

/// The first words of a topic, quoted, to stand in a sentence.
pub(super) fn quoted(shown: &DetectedTopic) -> Phrase {
    let words: Vec<&str> = shown.words().into_iter().take(4).collect();
    Phrase::new(
        words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", "),
        words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join("、"),
    )
}
