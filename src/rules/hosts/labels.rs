//! The way of a request, as the labels of a finding: from the literal that holds the host, through
//! the first caller of a request wrapper and the calls inside the wrapper, to the platform's
//! interface; then the other literals, callers and calls. Of each kind only the first are shown,
//! and the last one says how many more there are.

use std::cmp::Reverse;

use super::Reached;
use crate::finding::{Label, Phrase, Place};
use crate::rules::Context;

/// How many places of one kind a finding shows.
const SHOWN: usize = 12;

impl Reached<'_> {
    /// The way to the host, and all else that leads there.
    pub(crate) fn labels(&self, context: &Context<'_>) -> Vec<Label> {
        let origin = self.list.entry(&self.endpoint.origin());
        let mut labels = self.chain.clone();
        let mut callers: Vec<(Place, Phrase)> = Vec::new();
        let mut first = None;
        let mut way = Vec::new();
        for (call, sink) in &self.calls.callers {
            let leads = Phrase::new(
                format!("{} leads to {origin}", call.callee),
                format!("{} 由此访问 {origin}", call.callee),
            );
            // The longest way; a call that its own callers decide is a step of theirs.
            let rank = (call.is_passed_on(), Reverse(sink.path.len()), &call.place);
            if first.is_none_or(|first| rank < first) {
                first = Some(rank);
                way = vec![(call.place.clone(), leads.clone())];
                let through = |place: &Place| {
                    let phrase = Phrase::new(
                        format!("{} goes through here", call.callee),
                        format!("{} 经由此处", call.callee),
                    );
                    (place.clone(), phrase)
                };
                way.extend(sink.path.iter().map(through));
                way.push((sink.sink.clone(), reaches(sink.interface.name, &origin)));
            }
            callers.push((call.place.clone(), leads));
        }
        let also =
            Phrase::new(format!("{origin} is written here, too"), format!("此处也写有 {origin}"));
        let literals = self.literals.iter().filter(|&place| *place != self.place);
        let literals = literals.map(|place| (place.clone(), also.clone())).collect();
        let uses = self.calls.uses.iter();
        let uses = uses.map(|used| (used.place.clone(), reaches(used.api, &origin))).collect();
        way.retain(|(place, _)| self.is_apart(context, place, &labels));
        labels.extend(way.into_iter().map(|(place, message)| Label { place, message }));
        for places in [literals, callers, uses] {
            self.add(context, places, &mut labels);
        }
        labels
    }

    /// Adds a label for each of `places`, by place, and of many only the first, with the number of
    /// the others.
    fn add(
        &self,
        context: &Context<'_>,
        mut places: Vec<(Place, Phrase)>,
        labels: &mut Vec<Label>,
    ) {
        places.sort_by(|a, b| a.0.cmp(&b.0));
        places.dedup_by(|a, b| a.0 == b.0);
        places.retain(|(place, _)| self.is_apart(context, place, labels));
        let more = places.len().saturating_sub(SHOWN);
        let last = places.len().min(SHOWN).saturating_sub(1);
        for (index, (place, message)) in places.into_iter().take(SHOWN).enumerate() {
            let message = if index == last && more > 0 {
                Phrase::new(
                    format!("{} (and {more} more like this)", message.en),
                    format!("{}（另有 {more} 处同类位置）", message.zh),
                )
            } else {
                message
            };
            labels.push(Label { place, message });
        }
    }

    /// Whether `place` is apart from where the finding stands and from `labels`: what is in its
    /// line, or the literal in the few lines after it, needs no label.
    fn is_apart(&self, context: &Context<'_>, place: &Place, labels: &[Label]) -> bool {
        (place.file != self.place.file || !beside(context, place, &self.place))
            && !labels.iter().any(|label| label.place == *place)
    }

    /// Takes in what leads to the same by another list, scheme or port.
    pub(super) fn take(&mut self, other: &Self) {
        for literal in
            std::iter::once(&other.place).filter(|_| !other.in_package).chain(&other.literals)
        {
            if !self.literals.contains(literal) {
                self.literals.push(literal.clone());
            }
        }
        self.literals.sort();
        self.calls.callers.extend(&other.calls.callers);
        self.calls.uses.extend(&other.calls.uses);
    }
}

fn reaches(api: &str, origin: &str) -> Phrase {
    Phrase::new(format!("{api} reaches {origin} here"), format!("{api} 在此访问 {origin}"))
}

/// Whether the literal stands in the line of the call or the few after it.
fn beside(context: &Context<'_>, call: &Place, literal: &Place) -> bool {
    let Some(file) = context.files.get(&call.file) else { return false };
    let (start, end) =
        (call.span.start().min(literal.span.start()), call.span.end().max(literal.span.start()));
    let between = file.source.get(start..end).unwrap_or("");
    call.span.start() <= literal.span.start() && between.matches('\n').count() <= 3
}
