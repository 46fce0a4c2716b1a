//! The card for a place. It asks the same flow as the rules do, so an alias is explained as what it
//! stands for and a lookalike is not explained at all.

use std::sync::Arc;

use crate::catalogue;
use crate::check::program;
use crate::check::source_set::{SourceSet, packages};
use crate::consent::{Consent, ConsentAnalyzer, ConsentState, answers_of_file, is_gated};
use crate::facts::Facts;
use crate::facts::manifest::{Json, JsonKind};
use crate::ide::hover_card::{self, Card};
use crate::ide::request_path::Routes;
use crate::ide::settings_hover;
use crate::ide::string_literal::string_at;
use crate::path::FilePath;
use crate::project::{Field, File, Files, Program, Project, guide};
use crate::semantic;
use crate::semantic::api_use::ApiUse;
use crate::semantic::call_graph::{CallGraph, SearchScope};
use crate::semantic::module_graph::ModuleGraph;
use crate::settings::{self, Settings};
use crate::text::Span;

/// The card for byte `offset` of `path`: an interface, an `open-type`, a component, a scope, the
/// address of a network call, a call of a request wrapper, or a value of app.json.
pub fn hover(files: &Files, path: &FilePath, offset: usize) -> Option<Card> {
    let file = files.get(path)?;
    let at = Span::at(offset);
    if let Facts::Manifest(facts) = file.facts() {
        if path.file_name() == settings::FILE_NAME {
            return facts.root.as_ref().and_then(|root| settings_hover::card(root, at));
        }
        return facts.root.as_ref().and_then(|root| in_manifest(root, at));
    }
    if file.facts().as_script().is_some()
        && let Some(card) = scope_word(&file.source, offset)
    {
        return Some(card);
    }
    let project = Project::resolve(files);
    let program = project.program_of(path)?;
    let modules = ModuleGraph::of(files, program);
    let uses = semantic::uses_of_file(&modules, file);
    let routes = Routes::of(files, &project, program, file);
    // The narrowest: inside `wx.createMapContext('m').moveToLocation` the factory's own span is
    // shorter.
    let narrowest = |within: Span| {
        let candidates = uses.iter().filter(move |used| within.contains(used.place.span));
        candidates.min_by_key(|used| used.place.span.len())
    };
    let direct = uses
        .iter()
        .filter(|used| used.place.span.contains(at))
        .min_by_key(|used| used.place.span.len());
    let found = direct.map(|used| (used, used.place.span)).or_else(|| {
        // The value of the attribute, or the tag whose attribute it is, speak of the same.
        let element = file
            .facts()
            .as_template()?
            .elements
            .iter()
            .find(|element| element.start_tag.contains(at))?;
        let attribute = element
            .attributes
            .iter()
            .map(|attribute| attribute.span)
            .find(|span| span.contains(at));
        let span =
            attribute.or_else(|| element.tag_span.contains(at).then_some(element.tag_span))?;
        let within = if attribute.is_some() { span } else { element.start_tag };
        narrowest(within).map(|used| (used, span))
    });
    let Some((used, span)) = found else { return routes.card(&modules, file, &uses, at) };
    let mut card = hover_card::of_interface(used.interface, used.api, span);
    routes.add(&mut card, used);
    if used.interface.in_inventory()
        && let Some(standing) = standing(files, &project, program, used)
    {
        hover_card::add_consent(&mut card, &standing);
    }
    Some(card)
}

/// What consent stands before one use. Looks at all that a whole check looks at, but reads only
/// what asks for consent and what lies on the ways to the use.
fn standing(
    files: &Files,
    project: &Project,
    program: &Program,
    used: &ApiUse,
) -> Option<ConsentState> {
    let packages = packages(files, program);
    let source_set = SourceSet::of(files, project, program, &Settings::default(), &packages);
    let read = source_set.read();
    let modules = ModuleGraph::of(files, program);
    let asking = crate::consent::may_ask;
    let own = program::own(&read);
    let uses: Vec<ApiUse> = own
        .iter()
        .filter(|file| asking(&file.source))
        .flat_map(|file| semantic::uses_of_file(&modules, file))
        .filter(|used| used.interface.consent_role.is_some())
        .collect();
    let texts: Vec<&Arc<File>> = read.iter().map(|member| member.file).collect();
    let answers = || texts.iter().flat_map(|file| answers_of_file(&modules, file)).collect();
    let consent = Consent::of(files, program, &modules, &texts, &uses, answers);
    let scope = SearchScope::new(files, program, &modules, &texts);
    let mut graph = CallGraph::new(&scope, &modules);
    let gated = is_gated(&uses) || is_gated(std::slice::from_ref(used));
    let standing = ConsentAnalyzer::new(&mut graph, gated).of(used)?;
    Some(consent.with_app_handler(program, used, standing))
}

/// The fields of app.json that a duty is about.
const FIELDS: [(Field, &str); 3] = [
    (Field::Permission, "permission-desc"),
    (Field::RequiredBackgroundModes, "background-mode"),
    (Field::RequiredPrivateInfos, "required-private-infos"),
];

/// A value of `requiredPrivateInfos` or a scope, wherever it stands in the manifest.
fn in_manifest(root: &Json, at: Span) -> Option<Card> {
    if let Some(card) = privacy_key(root, at) {
        return Some(card);
    }
    let names = root.get(Field::RequiredPrivateInfos.key());
    if let Some((name, span)) =
        names.and_then(|names| names.strings().find(|(_, span)| span.contains(at)))
    {
        return catalogue::private_info(name)
            .map(|row| hover_card::of_interface(row, row.name, span));
    }
    let scopes = root.get(Field::Permission.key()).map(Json::members).unwrap_or_default();
    if let Some(member) = scopes.iter().find(|member| member.key_span.contains(at)) {
        return catalogue::scope_use(&member.key)
            .map(|row| hover_card::of_interface(row, row.name, member.key_span));
    }
    for (field, duty) in FIELDS {
        let member = root.member(field.key());
        if let Some(member) = member.filter(|member| member.key_span.contains(at)) {
            return catalogue::duty(duty)
                .map(|duty| hover_card::of_duty(duty, field.key(), member.key_span));
        }
    }
    let modes = root.get(Field::RequiredBackgroundModes.key());
    if let Some((mode, span)) =
        modes.and_then(|modes| modes.strings().find(|(_, span)| span.contains(at)))
    {
        return catalogue::duty(FIELDS[1].1).map(|duty| hover_card::of_duty(duty, mode, span));
    }
    scope_text(root, at)
}

/// A string of a script that is the name of a scope: `wx.authorize({ scope: 'scope.record' })`.
fn scope_word(source: &str, offset: usize) -> Option<Card> {
    let span = string_at(source, offset)?;
    catalogue::scope_use(span.of(source)).map(|row| hover_card::of_interface(row, row.name, span))
}

/// A kind of information in a privacy guide: a `privacy_key` of its lists, or an element of the
/// platform's own list.
fn privacy_key(root: &Json, at: Span) -> Option<Card> {
    let lists = [guide::SETTING_LIST, guide::PRIVACY_LIST].map(|list| root.get(list));
    let entries = lists.into_iter().flatten().flat_map(Json::elements);
    let of_third_parties = root.get(guide::SDK_LIST).map(Json::elements).unwrap_or_default();
    let theirs = of_third_parties
        .iter()
        .filter_map(|third_party| third_party.get("sdk_list"))
        .flat_map(Json::elements);
    let found = entries.chain(theirs).find(|entry| entry.span.contains(at))?;
    let key = found.get(guide::PRIVACY_KEY).unwrap_or(found);
    hover_card::of_information(key.as_str()?, key.span).filter(|card| card.span.contains(at))
}

/// A string that names a scope (`chatTools[].scopes`).
fn scope_text(json: &Json, at: Span) -> Option<Card> {
    if !json.span.contains(at) {
        return None;
    }
    match &json.kind {
        JsonKind::String(text) => {
            catalogue::scope_use(text).map(|row| hover_card::of_interface(row, row.name, json.span))
        }
        JsonKind::Array(elements) => elements.iter().find_map(|element| scope_text(element, at)),
        JsonKind::Object(members) => {
            members.iter().find_map(|member| scope_text(&member.value, at))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the card over `needle` (its first character) in `file` is titled, if there is one.
    fn title(file: &str, needle: &str) -> Option<String> {
        let texts = [
            (
                "app.json",
                r#"{"pages": ["p/p"], "requiredPrivateInfos": ["getLocation"], "permission": {"scope.userLocation": {"desc": "x"}}, "requiredBackgroundModes": ["location"]}"#,
            ),
            ("app.js", "App({})"),
            (
                "privacy-guide.json",
                r#"{"privacy_list": ["Camera"], "setting_list": [{"privacy_key": "Album", "privacy_text": "x"}, {"privacy_key": "Mine"}], "sdk_privacy_info_list": [{"sdk_list": [{"privacy_key": "Record"}]}]}"#,
            ),
            (
                "p/p.js",
                "const { getLocation: locate } = wx; locate(); wx.navigateBack(); own.getLocation(); wx.authorize({ scope: 'scope.record' }); r.authSetting['scope.camera']",
            ),
            (
                "p/p.wxml",
                r#"<button class="a" open-type="getPhoneNumber"/><input type="nickname"/><camera/><view/>"#,
            ),
        ];
        let files: Files = texts
            .iter()
            .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
            .collect();
        let path = FilePath::new(file).unwrap();
        let offset = files.get(&path).unwrap().source.find(needle).unwrap();
        let card = hover(&files, &path, offset)?;
        Some(card.markdown.en.split('`').nth(1)?.to_owned())
    }

    #[test]
    fn cards_stand_where_people_point() {
        for (file, needle, expected) in [
            ("p/p.js", "locate();", Some("wx.getLocation")),
            ("p/p.js", "own.getLocation", None),
            ("p/p.js", "scope.record", Some("scope.record")),
            ("p/p.js", "scope.camera", Some("scope.camera")),
            ("p/p.wxml", "open-type", Some("open-type=getPhoneNumber")),
            ("p/p.wxml", "getPhoneNumber", Some("open-type=getPhoneNumber")),
            ("p/p.wxml", "class", None),
            ("p/p.wxml", "button", Some("open-type=getPhoneNumber")),
            ("p/p.wxml", "nickname", Some("input type=nickname")),
            ("p/p.wxml", "camera", Some("component camera")),
            ("p/p.wxml", "view", None),
            ("app.json", "\"getLocation", Some("wx.getLocation")),
            ("app.json", "requiredPrivateInfos", Some("requiredPrivateInfos")),
            ("app.json", "permission", Some("permission")),
            ("app.json", "scope.userLocation", Some("scope.userLocation")),
            ("app.json", "requiredBackgroundModes", Some("requiredBackgroundModes")),
            ("app.json", "\"location", Some("location")),
            ("app.json", "pages", None),
            ("privacy-guide.json", "Camera", Some("Camera")),
            ("privacy-guide.json", "Album", Some("Album")),
            ("privacy-guide.json", "Record", Some("Record")),
            ("privacy-guide.json", "Mine", None),
            ("privacy-guide.json", "\"x", None),
        ] {
            assert_eq!(title(file, needle).as_deref(), expected, "{needle} in {file}");
        }
    }
}
