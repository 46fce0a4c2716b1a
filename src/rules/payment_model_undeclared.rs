//! `payment-model-undeclared`: the program takes money, and nothing says for what and for whom.
//! Said once, at the first payment; what the words of the program speak for is named, and never
//! decided.

use super::{Context, Rule, commerce, settings_edit};
use crate::catalogue;
use crate::facts::manifest::edit::Value;
use crate::finding::{Finding, Fix, Phrase, Severity};
use crate::settings::Commerce;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "payment-model-undeclared",
    severity: Severity::Information,
    default_on: true,
    summary: [
        "A program that takes payments says what it sells, and for whom.",
        "收款的程序声明其经营模式。",
    ],
    docs: include_str!("payment_model_undeclared.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    let payments = commerce::payments(context);
    let (Some(&first), None) = (payments.first(), context.settings.commerce) else {
        return Vec::new();
    };
    let site = context.site_of(first);
    let message = Phrase::new(
        "payments are taken here, and nothing declares what is sold and by whom",
        "此处收取付款，但未声明经营模式",
    );
    let mut finding = RULE.finding(site.place.clone(), message, "commerce");
    finding.labels = site.labels();
    finding.why = Phrase::new(
        "Which licence the sale needs depends on it. Own goods need a filing and the business licence on the home page (law; E-Commerce Law Art. 10, 15). Paid information needs the B25 licence (law, in part WeChat; Measures for internet information services Art. 7). A marketplace needs EDI (WeChat and law; Telecommunications Regulations Art. 7). Virtual goods must be sold through virtual payment (WeChat rules 5.13, 14.6).",
        "所需资质取决于经营模式：自营须备案并在首页公示营业执照（法律要求；《电子商务法》第十条、第十五条）；有偿信息须有 B25 许可（法律要求，微信部分审查；《互联网信息服务管理办法》第七条）；多商户平台须有 EDI 许可（微信和法律均要求；《电信条例》第七条）；虚拟商品须使用虚拟支付（微信运营规范第 5.13、14.6 条）。",
    );
    let guessed: Vec<Commerce> = Commerce::ALL
        .into_iter()
        .filter(|model| commerce::shown(context, commerce::licence_of(*model)).is_some())
        .collect();
    finding.help = help(context, &guessed);
    // What the words speak for comes first.
    let rest = Commerce::ALL.into_iter().filter(|model| !guessed.contains(model));
    finding.fixes =
        guessed.iter().copied().chain(rest).filter_map(|model| fix(context, model)).collect();
    vec![finding]
}

fn help(context: &Context<'_>, guessed: &[Commerce]) -> Phrase {
    let help = Phrase::new(
        "Declare it as `commerce` in miniguard.json, and state the payment in the introduction of the program (WeChat rule 14.1).",
        "请在 miniguard.json 中以 `commerce` 声明，并在小程序简介中说明支付功能（微信运营规范第 14.1 条）。",
    );
    guessed
        .iter()
        .filter_map(|model| {
            let words = commerce::quoted(commerce::shown(context, commerce::licence_of(*model))?);
            let model = commerce::phrase_of(*model);
            Some(Phrase::new(
                format!("{} point to {}.", words.en, model.en),
                format!("{}等字样显示可能为{}。", words.zh, model.zh),
            ))
        })
        .fold(help, |help, one| help.then(&one))
}

fn fix(context: &Context<'_>, model: Commerce) -> Option<Fix> {
    let what = commerce::phrase_of(model);
    let licence = catalogue::licence(commerce::licence_of(model))?;
    let title = Phrase::new(
        format!("Declare `{}`: {} (`{}`)", model.name(), what.en, licence.id),
        format!("声明为 `{}`：{}（`{}`）", model.name(), what.zh, licence.id),
    );
    settings_edit::set(context, title, "commerce", Value::from(model.name()))
}
