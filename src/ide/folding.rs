//! What of a template can be folded, and what a growing selection takes in. Both follow from the
//! spans of the facts, so they are right for broken text as far as the facts are.

use crate::facts::TemplateFacts;
use crate::facts::template::{Element, Piece};
use crate::path::FilePath;
use crate::project::Files;
use crate::text::Span;

/// Something that can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fold {
    /// What is hidden, but for the line in which it begins.
    pub span: Span,
    /// What it is.
    pub kind: FoldKind,
}

/// What is folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FoldKind {
    /// The content of an element, or a long start tag.
    Content,
    /// A comment.
    Comment,
    /// What stands side by side to bring in other files.
    Imports,
}

/// What can be folded in the template at `path`, in document order; `None` for any other file.
/// Whether it is more than one line is for the caller to say.
pub fn folds(files: &Files, path: &FilePath) -> Option<Vec<Fold>> {
    let file = files.get(path)?;
    let facts = files.template(path)?;
    let mut folds = Vec::new();
    for element in &facts.elements {
        // Up to the end tag, which stays seen; a tag that is never closed folds nothing.
        let content = element.end_tag.map(|end| Span::new(element.start_tag.end(), end.start()));
        folds.extend(content.map(|span| Fold { span, kind: FoldKind::Content }));
        if element.end_tag.is_none() && element.start_tag.of(&file.source).ends_with("/>") {
            let span = Span::new(element.tag_span.end(), element.start_tag.end());
            folds.push(Fold { span, kind: FoldKind::Content });
        }
    }
    folds.extend(facts.remarks.iter().map(|&span| Fold { span, kind: FoldKind::Comment }));
    folds.extend(imports(facts, &file.source));
    folds.sort();
    folds.dedup();
    Some(folds)
}

/// Runs of two or more elements that bring in files, with nothing but white space between.
fn imports(facts: &TemplateFacts, source: &str) -> Vec<Fold> {
    let brings = |element: &&Element| {
        element.parent.is_none()
            && match &*element.tag {
                "import" => true,
                "wxs" => element.attribute("src").is_some(),
                _ => false,
            }
    };
    let mut runs: Vec<Vec<Span>> = Vec::new();
    for element in facts.elements.iter().filter(brings) {
        let last = runs.last_mut().filter(|run| {
            run.last().is_some_and(|last| {
                Span::new(last.end(), element.span.start()).of(source).trim().is_empty()
            })
        });
        match last {
            Some(run) => run.push(element.span),
            None => runs.push(vec![element.span]),
        }
    }
    let fold = |run: Vec<Span>| match (run.first(), run.last()) {
        (Some(first), Some(last)) if run.len() > 1 => {
            let span = Span::new(first.start(), last.end());
            Some(Fold { span, kind: FoldKind::Imports })
        }
        _ => None,
    };
    runs.into_iter().filter_map(fold).collect()
}

/// The spans around byte `offset` of the template at `path`, from the whole file inwards, each
/// within its predecessor; `None` for any other file.
pub fn selections(files: &Files, path: &FilePath, offset: usize) -> Option<Vec<Span>> {
    let file = files.get(path)?;
    let facts = files.template(path)?;
    let at = Span::at(offset);
    let mut spans = vec![Span::new(0, file.source.len())];
    let mut add = |span: Span| {
        if span.contains(at) && !span.is_empty() {
            spans.push(span);
        }
    };
    for element in facts.elements.iter().filter(|element| element.span.contains(at)) {
        add(element.span);
        if let Some(end) = element.end_tag {
            add(Span::new(element.start_tag.end(), end.start()));
            add(end);
        }
        add(element.start_tag);
        add(element.tag_span);
        for attribute in &element.attributes {
            add(attribute.span);
            add(attribute.name_span);
            if let Some(value) = &attribute.value {
                add(value.span);
                value.pieces.iter().for_each(|piece| pieces(piece, &mut add));
            }
        }
    }
    for text in &facts.texts {
        add(text.span);
        text.pieces.iter().for_each(|piece| pieces(piece, &mut add));
    }
    facts.remarks.iter().for_each(|&remark| add(remark));
    // From the outside in; where spans only cross, as broken text may have it, the later one is
    // left out.
    spans.sort_by_key(|span| (std::cmp::Reverse(span.len()), span.start()));
    spans.dedup();
    let mut nested: Vec<Span> = Vec::new();
    for span in spans {
        if nested.last().is_none_or(|outer| outer.contains(span)) {
            nested.push(span);
        }
    }
    Some(nested)
}

fn pieces(piece: &Piece, add: &mut impl FnMut(Span)) {
    match piece {
        Piece::Literal { span, .. } => add(*span),
        Piece::Expression { expression, span } => {
            add(*span);
            add(expression.span);
        }
    }
}
