//! The prompts that a program shows without a user action, by what they ask for: what
//! `prompt-on-every-open` and `repeated-prompt` share, and the requests that overlook a refusal.
//! Asked in one place it is another rule's than asked in several, never both's.

use super::Context;
use crate::consent::{Prompt, PromptKind};

/// The questions that something opening makes the program ask, those for the same together, by
/// place.
pub(super) fn unasked<'a>(context: &Context<'a>) -> Vec<Vec<&'a Prompt>> {
    let mut groups: Vec<Vec<&Prompt>> = Vec::new();
    for prompt in context.consent.prompts.iter().filter(|prompt| !prompt.openings.is_empty()) {
        let same = |group: &&mut Vec<&Prompt>| {
            prompt.asking != PromptKind::Dialog(None)
                && group.first().is_some_and(|first| first.asking == prompt.asking)
        };
        match groups.iter_mut().find(same) {
            Some(group) => group.push(prompt),
            None => groups.push(vec![prompt]),
        }
    }
    groups
}

/// The explicit requests that take no notice of a refusal, those of one scope together, by place.
pub(super) fn blind<'a>(context: &Context<'a>) -> Vec<Vec<&'a Prompt>> {
    let mut groups: Vec<Vec<&Prompt>> = Vec::new();
    let prompts = context.consent.prompts.iter();
    for prompt in prompts.filter(|one| one.is_request && matches!(one.asking, PromptKind::Scope(_)))
    {
        match groups.iter_mut().find(|group| group.iter().any(|one| one.asking == prompt.asking)) {
            Some(group) => group.push(prompt),
            None => groups.push(vec![prompt]),
        }
    }
    groups.retain(|group| group.iter().all(|one| !one.refusal_handled));
    groups
}
