//! Code actions: the fixes of what is found here, "ignore this", and all safe fixes of a file at
//! once. Nothing is kept for them. They are computed from the findings of the text that the client
//! sees, by place and rule, so a fix can never be older than its document.

use tower_lsp::lsp_types as lsp;

use super::request::RequestContext;
use super::snapshot::Places;
use super::{convert, diagnostics, workspace_edit};
use crate::check::{Report, fixes};
use crate::finding::{Applicability, Finding, Fix, Phrase};

/// The kind of the action that applies all safe fixes of a file; what editors run on save.
pub(super) const FIX_ALL: &str = "source.fixAll.miniguard";

/// The actions that `params` asks for, of what `report` found.
pub(super) fn answer(
    asked: &RequestContext<'_>,
    report: &Report,
    params: &lsp::CodeActionParams,
) -> lsp::CodeActionResponse {
    let places = &asked.places;
    let only = params.context.only.as_deref();
    let here: Vec<&Finding> =
        report.findings.iter().filter(|finding| &finding.place.file == asked.path).collect();
    let mut actions = Vec::new();
    if is_wanted(only, lsp::CodeActionKind::QUICKFIX.as_str()) {
        let span = convert::span(&places.text(asked.path), params.range, places.units);
        for finding in &here {
            let known = known_diagnostic(asked, finding, places, params);
            if known.is_some() || finding.place.span.touches(span) {
                let diagnostic = known.unwrap_or_else(|| {
                    diagnostics::of_finding(finding, places, asked.features, asked.language)
                });
                for action in quick_fixes(asked, finding, places, &diagnostic) {
                    add(&mut actions, action);
                }
            }
        }
    }
    if is_wanted(only, FIX_ALL) {
        actions.extend(fix_all(asked, &here, places));
    }
    actions.into_iter().map(lsp::CodeActionOrCommand::CodeAction).collect()
}

/// Adds `action`; one that does the same for another finding is one action for both.
fn add(actions: &mut Vec<lsp::CodeAction>, action: lsp::CodeAction) {
    let twin =
        actions.iter_mut().find(|other| other.title == action.title && other.edit == action.edit);
    match twin {
        Some(twin) => {
            let diagnostics = twin.diagnostics.get_or_insert_default();
            diagnostics.extend(action.diagnostics.into_iter().flatten());
        }
        None => actions.push(action),
    }
}

/// Whether `kind` is asked for: a kind asks for itself and all kinds below it, and no kind at all
/// for everything.
fn is_wanted(only: Option<&[lsp::CodeActionKind]>, kind: &str) -> bool {
    only.is_none_or(|only| {
        only.iter().any(|asked| {
            let rest = kind.strip_prefix(asked.as_str());
            rest.is_some_and(|rest| {
                asked.as_str().is_empty() || rest.is_empty() || rest.starts_with('.')
            })
        })
    })
}

/// The client's own diagnostic for `finding`, when it names it in the question.
fn known_diagnostic(
    asked: &RequestContext<'_>,
    finding: &Finding,
    places: &Places<'_>,
    params: &lsp::CodeActionParams,
) -> Option<lsp::Diagnostic> {
    let code = lsp::NumberOrString::String(finding.rule.to_owned());
    let mut candidates = params
        .context
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.code.as_ref() == Some(&code))
        .peekable();
    candidates.peek()?;
    let ours = diagnostics::of_finding(finding, places, asked.features, asked.language);
    // Editors hand back a diagnostic with fields missing; the message and the place tell two of one
    // rule apart.
    candidates.find(|theirs| theirs.range == ours.range && theirs.message == ours.message).cloned()
}

fn quick_fixes(
    asked: &RequestContext<'_>,
    finding: &Finding,
    places: &Places<'_>,
    diagnostic: &lsp::Diagnostic,
) -> Vec<lsp::CodeAction> {
    let is_safe = |fix: &&Fix| fix.applicability == Applicability::Safe;
    let only_safe = finding.fixes.iter().filter(is_safe).count() == 1;
    let action = |fix: &Fix, preferred: bool| {
        Some(lsp::CodeAction {
            title: fix.title.get(asked.language).to_owned(),
            kind: Some(lsp::CodeActionKind::QUICKFIX),
            diagnostics: Some(vec![diagnostic.clone()]),
            edit: Some(workspace_edit::of_edits(&fix.edits, places, asked.features)?),
            is_preferred: preferred.then_some(true),
            ..Default::default()
        })
    };
    let fixes = finding.fixes.iter().filter_map(|fix| action(fix, only_safe && is_safe(&fix)));
    let ignore = asked.engine.ignore(&asked.snapshot.files, finding, asked.language);
    fixes.chain(ignore.and_then(|fix| action(&fix, false))).collect()
}

fn fix_all(
    asked: &RequestContext<'_>,
    findings: &[&Finding],
    places: &Places<'_>,
) -> Option<lsp::CodeAction> {
    let chosen = fixes::select(findings.iter().copied(), Applicability::Safe);
    // A fix that this client cannot make is left out; it must not take the others with it.
    let possible = chosen
        .into_iter()
        .filter(|fix| workspace_edit::of_edits(&fix.edits, places, asked.features).is_some());
    let edits: Vec<_> = possible.flat_map(|fix| &fix.edits).collect();
    if edits.is_empty() {
        return None;
    }
    let title = Phrase::new("Apply all safe fixes in this file", "应用此文件的全部安全修复");
    Some(lsp::CodeAction {
        title: title.get(asked.language).to_owned(),
        kind: Some(lsp::CodeActionKind::new(FIX_ALL)),
        edit: Some(workspace_edit::of_edits(edits, places, asked.features)?),
        ..Default::default()
    })
}

#[cfg(test)]
mod tests {
    use tower_lsp::lsp_types::CodeActionKind;

    use super::{FIX_ALL, is_wanted};

    #[test]
    fn a_kind_asks_for_what_is_below_it() {
        let wanted = |only: &[&'static str], kind| {
            let only: Vec<_> = only.iter().copied().map(CodeActionKind::new).collect();
            is_wanted(Some(&only), kind)
        };
        assert!(is_wanted(None, "quickfix"));
        for only in ["", "source", "source.fixAll", FIX_ALL] {
            assert!(wanted(&[only], FIX_ALL), "{only}");
        }
        for only in ["sour", "source.fix", "source.fixAll.other", "source.organizeImports"] {
            assert!(!wanted(&[only], FIX_ALL), "{only}");
        }
        assert!(wanted(&["refactor", "quickfix"], "quickfix"));
        assert!(!wanted(&[], "quickfix"));
    }
}
