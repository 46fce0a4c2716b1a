//! What the program does that asks for a licence, a filing, a category or a kind of entity, and
//! whether the team declares that it has it. Rules and reports read this one list; what is not
//! declared is said to be not declared, never missing.

use super::domain_status::DomainStatus;
use super::hosts::reached;
use super::{Context, commerce, settings_edit};
use crate::catalogue::{self, EntityKind, Gate, HeldBy, Licence};
use crate::content::topics::{Certainty, DetectedTopic};
use crate::finding::{Phrase, Place};
use crate::path::FilePath;
use crate::project::ProgramKind;
use crate::semantic::api_use::ApiUse;
use crate::settings::{Audience, Commerce};

/// One thing that asks for something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Obligation {
    /// The root of the program.
    pub program: FilePath,
    /// What it asks for.
    pub licence: &'static Licence,
    /// How sure it is that the program does it.
    pub sureness: Sureness,
    /// What shows it, in reading order; places of the same kind of evidence.
    pub evidence: Vec<Evidence>,
    /// Whether the team declares that it has it.
    pub status: Status,
}

/// How sure it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sureness {
    /// Some words speak for it.
    Possible,
    /// Many words in many places do.
    Likely,
    /// The code does it, or the team says so.
    Certain,
}

/// Something that shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where.
    pub place: Place,
    /// What.
    pub what: Phrase,
}

/// Whether the team has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    /// It says so, perhaps with the number.
    Held {
        /// The number.
        number: Option<String>,
    },
    /// What it says of these things does not hold it.
    Missing,
    /// It says nothing of these things.
    NotDeclared,
    /// There is nothing to declare: the code itself meets it or not.
    InCode,
}

impl Sureness {
    /// The word in reports for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }
}

impl Status {
    /// The word in reports for programs.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Held { .. } => "held",
            Self::Missing => "missing",
            Self::NotDeclared => "not-declared",
            Self::InCode => "in-code",
        }
    }

    /// The words in reports.
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Held { .. } => Phrase::new("held", "已具备"),
            Self::Missing => Phrase::new("missing", "缺少"),
            Self::NotDeclared => Phrase::new("not declared", "未声明"),
            Self::InCode => Phrase::new("met by the code", "由代码体现"),
        }
    }
}

/// Everything that the program asks for, by licence.
pub fn obligations(context: &Context<'_>) -> Vec<Obligation> {
    let mut found: Vec<(&'static Licence, Sureness, Vec<Evidence>)> = Vec::new();
    let mut add = |id: &str, sureness, evidence: Vec<Evidence>| {
        if let (Some(licence), false) = (catalogue::licence(id), evidence.is_empty()) {
            found.push((licence, sureness, evidence));
        }
    };
    if let Some(app) = context.program.app.as_ref().filter(|_| is_published(context)) {
        let what = Phrase::new("a mini-program with an appid", "具有 appid 的小程序");
        add(
            "filing.miniprogram",
            Sureness::Certain,
            vec![Evidence { place: Place::start_of(app), what }],
        );
    }
    for row in catalogue::licences() {
        let named = |used: &&ApiUse| row.interfaces.contains(&used.interface.name);
        add(row.id, Sureness::Certain, context.uses.iter().filter(named).map(used_here).collect());
    }
    let hosts = context
        .uses
        .iter()
        .filter(|used| used.reach.as_ref().is_some_and(|reach| !reach.endpoints.is_empty()));
    add("filing.domain", Sureness::Certain, hosts.map(used_here).collect());
    let payments = commerce::payments(context);
    add("payment.wechat", Sureness::Certain, payments.iter().map(|used| used_here(used)).collect());
    let plugins = context.program.plugins().iter().map(|plugin| Evidence {
        place: plugin.place.clone(),
        what: Phrase::new(format!("plugin {}", plugin.alias), format!("插件 {}", plugin.alias)),
    });
    add("plugin", Sureness::Certain, plugins.collect());
    if let (Some(model), Some(first)) = (context.settings.commerce, payments.first()) {
        let declared = vec![used_here(first)];
        add(commerce::licence_of(model), Sureness::Certain, declared);
    }
    if let (Some(Audience::Minors), Some(place)) =
        (context.settings.audience, settings_edit::place(context, &["audience"]))
    {
        let what = Phrase::new("declared audience", "已声明的服务对象");
        add("minors", Sureness::Certain, vec![Evidence { place, what }]);
    }
    for shown in context.topics {
        let sureness = match shown.certainty {
            Certainty::Possible => Sureness::Possible,
            Certainty::Likely => Sureness::Likely,
        };
        if counts(context, shown, !payments.is_empty()) {
            add(shown.topic.licence, sureness, words(shown));
        }
    }
    found.sort_by_key(|(licence, sureness, _)| (licence.id, std::cmp::Reverse(*sureness)));
    found.dedup_by_key(|(licence, ..)| licence.id);
    found
        .into_iter()
        .map(|(licence, sureness, evidence)| Obligation {
            program: context.program.root.clone(),
            licence,
            sureness,
            evidence,
            status: status(context, licence),
        })
        .collect()
}

/// Whether the program is one that is published, not an exercise or the demonstration of a plugin.
pub(super) fn is_published(context: &Context<'_>) -> bool {
    let program = context.program;
    program.kind == ProgramKind::MiniProgram
        && program.appid.as_ref().is_some_and(|appid| appid.name.starts_with("wx"))
}

/// Whether a topic counts: one of commerce only where the program takes payments, and none that the team's own
/// model excludes.
fn counts(context: &Context<'_>, shown: &DetectedTopic, pays: bool) -> bool {
    let models = [
        Commerce::SelfOperated,
        Commerce::PaidInformation,
        Commerce::Marketplace,
        Commerce::VirtualGoods,
    ];
    let of_commerce =
        models.into_iter().any(|model| commerce::licence_of(model) == shown.topic.licence);
    (!shown.topic.pays || pays) && !(of_commerce && context.settings.commerce.is_some())
}

fn used_here(used: &ApiUse) -> Evidence {
    Evidence { place: used.place.clone(), what: Phrase::new(used.api, used.api) }
}

fn words(shown: &DetectedTopic) -> Vec<Evidence> {
    let one = |signal: &crate::content::topics::Signal| {
        let origin = signal.origin.phrase();
        Evidence {
            place: signal.place.clone(),
            what: Phrase::new(
                format!("{} “{}”", origin.en, signal.word),
                format!("{}“{}”", origin.zh, signal.word),
            ),
        }
    };
    shown.signals.iter().map(one).collect()
}

/// Whether the team declares that it has the licence.
pub(super) fn status(context: &Context<'_>, licence: &Licence) -> Status {
    let settings = context.settings;
    let declared = |known: bool, held: bool| match (known, held) {
        (_, true) => Status::Held { number: None },
        (true, false) => Status::Missing,
        (false, false) => Status::NotDeclared,
    };
    match licence.held {
        HeldBy::Nothing => Status::InCode,
        HeldBy::Filing => match &settings.filing {
            Some(filing) if filing.is_recorded() => {
                Status::Held { number: Some(filing.number.clone()) }
            }
            _ => Status::NotDeclared,
        },
        HeldBy::Licence => match settings.holds(licence.id) {
            Some(held) => Status::Held { number: held.number.clone() },
            None => declared(settings.licences.is_some(), false),
        },
        HeldBy::Category => {
            let fits = licence
                .interfaces
                .iter()
                .any(|name| catalogue::gates_of(name).iter().any(|gate| opens(context, gate)));
            declared(settings.categories.is_some(), fits)
        }
        HeldBy::Entity => match settings.entity {
            None => Status::NotDeclared,
            Some(entity) if licence.closed_to.contains(&entity.kind) => Status::Missing,
            Some(entity) => declared(entity.verified.is_some(), entity.verified == Some(true)),
        },
        HeldBy::Domains => {
            let reached = reached(context);
            let known = context.domain_list.is_some();
            let open = reached.iter().all(|one| one.verdict == DomainStatus::Registered);
            declared(known, known && open)
        }
    }
}

/// Whether one of the declared categories is one that the gate opens to.
pub(super) fn opens(context: &Context<'_>, gate: &Gate) -> bool {
    let overseas = context.settings.entity.is_some_and(|it| it.kind == EntityKind::Overseas);
    let region = match gate.region {
        catalogue::Region::All => true,
        catalogue::Region::Domestic => !overseas,
        catalogue::Region::Overseas => overseas || context.settings.entity.is_none(),
    };
    region
        && context.settings.categories.iter().flatten().any(|declared| {
            let (first, second) = declared.text.split_once('/').unwrap_or((&declared.text, ""));
            let meant = |sub: &&str| {
                !second.is_empty()
                    && (second.starts_with(*sub) || sub.starts_with(second) || sub.contains(second))
            };
            catalogue::first_levels_agree(first, gate.category)
                && (gate.subcategories.is_empty() || gate.subcategories.iter().any(meant))
        })
}
