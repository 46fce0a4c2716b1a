//! Suggestions in the strings of scripts: registered hosts and authorisations. The string is found
//! in its line's text, since a quote without its twin is no string yet.

use super::{Completion, Suggestion, SuggestionKind, of_scope};
use crate::catalogue::{self, ScopeStatus};
use crate::check::project_files::{load_domains, load_settings};
use crate::finding::Phrase;
use crate::ide::string_literal::string_at;
use crate::project::{DomainList, File, Files, Ownership, Project};
use crate::text::Span;

const SCOPE: &str = "scope";

pub(super) fn at(files: &Files, file: &File, offset: usize) -> Option<Completion> {
    let string = string_at(&file.source, offset)?;
    let written = Span::new(string.start(), offset).of(&file.source);
    let before = file.source.get(..string.start() - 1)?.trim_end();
    if written.starts_with(SCOPE) || asks_for_scope(before) {
        let usable = |scope: &&catalogue::Scope| {
            matches!(scope.status, ScopeStatus::Active | ScopeStatus::AndroidOnly)
        };
        let scopes = catalogue::scopes().iter().filter(usable);
        let suggestions = scopes.map(|scope| of_scope(scope, SuggestionKind::Word)).collect();
        return Some(Completion { span: string, suggestions });
    }
    let scheme = SCHEMES
        .iter()
        .find(|scheme| written.starts_with(*scheme) || scheme.starts_with(written))?;
    // Nothing typed says nothing; and behind the host everything is the program's own.
    if written.len() < 2 || written.strip_prefix(scheme).is_some_and(|host| host.contains('/')) {
        return None;
    }
    hosts(files, file, string)
}

/// The schemes of registered hosts.
const SCHEMES: [&str; 2] = ["https://", "wss://"];

/// Whether what stands before a string asks for an authorisation: `scope: '`, `authSetting['`.
fn asks_for_scope(before: &str) -> bool {
    let key = before.strip_suffix(':').map(|key| key.trim_end().trim_end_matches(['\'', '"']));
    key.is_some_and(|key| {
        key.strip_suffix(SCOPE).is_some_and(|rest| {
            !rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '_' | '$'))
        })
    }) || before.ends_with("authSetting[")
}

fn hosts(files: &Files, file: &File, string: Span) -> Option<Completion> {
    let project = Project::resolve(files);
    let program = project.program_of(&file.path)?;
    let (settings, _, _) = load_settings(files, program);
    let loaded = load_domains(files, program, &settings)?;
    let in_plugin = program.owns(&file.path) == Ownership::Plugin;
    let registered = if in_plugin { loaded.plugin.as_ref()? } else { &loaded.registered };
    // What is replaced ends where the host does.
    let text = string.of(&file.source);
    let after = text.find("://").map_or(0, |at| at + 3);
    let host = text.get(after..)?;
    let end = host.find(['/', '?', '#', '$', ' ']).map_or(text.len(), |at| after + at);
    let span = Span::new(string.start(), string.start() + end);
    let mut suggestions: Vec<Suggestion> = Vec::new();
    for list in DomainList::ALL {
        for entry in registered.list(list).unwrap_or_default() {
            let scheme = entry.scheme.as_deref().unwrap_or(list.scheme());
            let port = entry.port.map(|port| format!(":{port}")).unwrap_or_default();
            let origin = format!("{scheme}://{}{port}", entry.host);
            match suggestions.iter_mut().find(|one| one.label == origin) {
                Some(known) => {
                    let lists = format!("{}, {}", known.detail.en, list.key());
                    known.detail = Phrase::new(lists.clone(), lists);
                }
                None if SCHEMES.iter().any(|scheme| origin.starts_with(scheme)) => {
                    suggestions.push(Suggestion {
                        label: origin.clone(),
                        kind: SuggestionKind::Host,
                        text: origin,
                        detail: Phrase::new(list.key(), list.key()),
                        document: String::new(),
                    });
                }
                None => {}
            }
        }
    }
    Some(Completion { span, suggestions })
}

#[cfg(test)]
mod tests {
    use super::asks_for_scope;

    #[test]
    fn only_a_key_of_that_name_asks() {
        for before in ["wx.authorize({ scope:", "{'scope' :", "res.authSetting["] {
            assert!(asks_for_scope(before), "{before}");
        }
        for before in ["{ telescope:", "scope", "scope(", "x[", "microscope_scope2:"] {
            assert!(!asks_for_scope(before), "{before}");
        }
    }
}
