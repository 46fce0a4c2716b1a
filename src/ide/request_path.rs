//! Where the network call at a place goes, for its card: the origins, whether each is registered,
//! and the way from the constant through wrappers to the platform's interface. It is answered from
//! what one file asks, so what the callers of the function around a call give is said to come from
//! them, and is not looked up.

#[cfg(test)]
mod tests;

use crate::catalogue::{self, DomainList};
use crate::check::project_files::{load_domains, load_settings};
use crate::facts::script::{Expr, Key};
use crate::facts::{Part, ScriptFacts};
use crate::finding::{Language, Phrase, Place};
use crate::ide::hints;
use crate::ide::hover_card::Card;
use crate::project::{File, Files, Ownership, Program, Project};
use crate::rules::LoadedDomains;
use crate::rules::domains::{State, state};
use crate::semantic;
use crate::semantic::api_use::{ApiUse, Destinations};
use crate::semantic::endpoint::Endpoint;
use crate::semantic::module_graph::ModuleGraph;
use crate::semantic::string_value::UnknownReason;
use crate::text::Span;

/// Origins that a card shows before "…".
const SHOWN: usize = 8;
/// How many bytes of the text at a place are shown.
const LONGEST: usize = 60;
/// The property by which wrappers that take an object are told the address.
const ADDRESS: &str = "url";

/// What is known of the routes of one file.
pub(crate) struct Routes<'a> {
    files: &'a Files,
    domains: Option<LoadedDomains>,
    in_plugin: bool,
}

/// One network call and where it goes.
struct Route<'a> {
    list: &'static DomainList,
    reach: &'a Destinations,
    /// The calls that lead there, outermost first, and the interface.
    steps: Vec<&'a Place>,
}

impl<'a> Routes<'a> {
    /// Of `file` in `program`.
    pub(crate) fn of(files: &'a Files, project: &Project, program: &Program, file: &File) -> Self {
        let (settings, ..) = load_settings(files, program);
        let in_plugin = project.ownership_in(program, &file.path) == Some(Ownership::Plugin);
        Self { files, domains: load_domains(files, program, &settings), in_plugin }
    }

    /// Adds to the card of `used` where it goes.
    pub(crate) fn add(&self, card: &mut Card, used: &ApiUse) {
        let Some(route) = route_of_use(used) else { return };
        let phrase = self.phrase(&[route]);
        card.markdown.en.push_str(&phrase.en);
        card.markdown.zh.push_str(&phrase.zh);
    }

    /// The card over the address of a network call or over a call of a request wrapper, the
    /// narrowest that holds `at`.
    pub(crate) fn card(
        &self,
        modules: &ModuleGraph<'_>,
        file: &File,
        uses: &[ApiUse],
        at: Span,
    ) -> Option<Card> {
        let argument = |place: &Place, api: &str| {
            let facts = file.facts();
            match facts.part_at(place.span.start())? {
                Part::Script => hints::in_script(facts.as_script()?, place, api),
                Part::Template => hints::in_template(facts.as_template()?, place, api),
                Part::Manifest => None,
            }
        };
        let of_uses = uses.iter().filter_map(|used| {
            let span = argument(&used.place, used.api)?;
            let route = route_of_use(used).filter(|_| span.contains(at))?;
            Some((span, used.api.to_owned(), vec![route]))
        });
        let facts = file.facts().as_script();
        let calls = semantic::wrapper_calls_of_file(modules, file);
        let of_calls = calls.iter().filter_map(|call| {
            let own = Some(call.place.span);
            let span = [own, facts.and_then(|facts| address(facts, &call.place))]
                .into_iter()
                .flatten()
                .find(|span| span.contains(at))?;
            let routes = call.sinks.iter().filter_map(|sink| {
                let list = catalogue::domain_list(sink.interface.list?)?;
                let between = [&call.place].into_iter().chain(&sink.path);
                let steps = between.chain([&sink.sink]).collect();
                Some(Route { list, reach: &sink.reach, steps })
            });
            Some((span, call.callee.clone(), routes.collect()))
        });
        let (span, name, routes) = of_uses.chain(of_calls).min_by_key(|(span, ..)| span.len())?;
        let phrase = self.phrase(&routes);
        if phrase.en.is_empty() {
            return None;
        }
        let titled = |text: &str| format!("**`{}`**\n{text}", name.replace('`', "'"));
        Some(Card { span, markdown: Phrase::new(titled(&phrase.en), titled(&phrase.zh)) })
    }

    fn phrase(&self, routes: &[Route<'_>]) -> Phrase {
        Phrase::new(
            self.markdown(routes, Language::English),
            self.markdown(routes, Language::Chinese),
        )
    }

    fn markdown(&self, routes: &[Route<'_>], language: Language) -> String {
        let say = |en: &'static str, zh: &'static str| {
            if language == Language::Chinese { zh } else { en }
        };
        let mut lines: Vec<String> = Vec::new();
        for route in routes {
            for endpoint in &route.reach.endpoints {
                let line = self.line(route, endpoint, language);
                if !lines.contains(&line) {
                    lines.push(line);
                }
            }
        }
        let more = lines.len() > SHOWN;
        lines.truncate(SHOWN);
        if more {
            lines.push("- …".to_owned());
        }
        let mut out = String::new();
        if !lines.is_empty() {
            out = format!("\n{}\n{}\n", say("Goes to:", "请求地址："), lines.join("\n"));
        }
        let mut reasons: Vec<String> = Vec::new();
        for gap in routes.iter().flat_map(|route| &route.reach.reasons) {
            let reason = match gap {
                // Callers are not determined here.
                UnknownReason::Parameter(_) => {
                    say("the callers of this function", "该函数的调用者").to_owned()
                }
                gap => gap.phrase().get(language).to_owned(),
            };
            if !reasons.contains(&reason) {
                reasons.push(reason);
            }
        }
        if !reasons.is_empty() {
            let reasons = reasons.join(say(", ", "、"));
            let lead = if lines.is_empty() {
                say("Where it goes comes from: ", "请求地址来自：")
            } else {
                say("Other hosts are possible; they come from: ", "可能还有其他域名，来自：")
            };
            out.push_str(&format!("\n{lead}{reasons}\n"));
        }
        out
    }

    /// An origin, what the platform says to it, and the way there.
    fn line(&self, route: &Route<'_>, endpoint: &Endpoint, language: Language) -> String {
        let list = self.domains.as_ref();
        let list =
            list.and_then(
                |one| if self.in_plugin { one.plugin.as_ref() } else { Some(&one.registered) },
            );
        let (state, note) = state(endpoint, route.list, list);
        let mut said = state.phrase().get(language).to_owned();
        if let Some(note) = note {
            said.push_str(": ");
            said.push_str(note.get(language));
        }
        if !matches!(state, State::Local | State::Platform) && state != State::Refused {
            said.push_str(&format!(" ({})", route.list.console));
        }
        let literal = [&endpoint.literal];
        let steps = literal.into_iter().chain(route.steps.iter().copied());
        let way: Vec<String> = steps.filter_map(|place| self.step(place)).collect();
        format!("- `{}` — {said}\n  - {}", endpoint.origin(), way.join(" → "))
    }

    /// A place as people find it: its text and its file.
    fn step(&self, place: &Place) -> Option<String> {
        let file = self.files.get(&place.file)?;
        let text = place.span.of(&file.source).split_whitespace().collect::<Vec<_>>().join(" ");
        let mut text = text.replace('`', "'");
        if text.len() > LONGEST {
            let end = (0..=LONGEST).rev().find(|&end| text.is_char_boundary(end));
            text.truncate(end.unwrap_or(0));
            text.push('…');
        }
        Some(format!("`{text}` ({})", place.file))
    }
}

fn route_of_use(used: &ApiUse) -> Option<Route<'_>> {
    let list = catalogue::domain_list(used.interface.list?)?;
    Some(Route { list, reach: used.reach.as_ref()?, steps: vec![&used.place] })
}

/// What tells a wrapper where to go: its first argument, or the address in it.
fn address(facts: &ScriptFacts, callee: &Place) -> Option<Span> {
    let span = hints::in_script(facts, callee, "")?;
    let first = facts.calls.iter().find_map(|&call| {
        let Expr::Call { callee: found, arguments, .. } = facts.expr(call) else { return None };
        (facts.span(*found) == callee.span).then(|| arguments.first())?
    })?;
    match facts.expr(first.value) {
        Expr::Object(entries) => entries
            .iter()
            .rev()
            .find(|entry| matches!(&entry.key, Key::Name(name) if &**name == ADDRESS))
            .map(|entry| facts.span(entry.value)),
        Expr::Function(_) => None,
        _ => Some(span),
    }
}
