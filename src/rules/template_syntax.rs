//! `template-syntax`: what the compiler of a page rejects, warns about or reads otherwise than it
//! looks. There are two official compilers, and they disagree; the page's `componentFramework` says
//! which one counts.

mod compiler;
mod form;
mod found;
mod lexical;
mod structure;
mod wxs;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::{Context, Rule};
use crate::catalogue;
use crate::finding::{Finding, Severity};
use crate::project::{File, Ownership};
pub(super) use crate::rules::template_syntax::compiler::Compiler;
use crate::rules::template_syntax::found::Found;
use crate::syntax::Kind;
use crate::text::Span;

/// The rule.
pub(super) const RULE: Rule = Rule {
    id: "template-syntax",
    severity: Severity::Error,
    default_on: true,
    summary: [
        "Templates are written as the compiler of their framework wants them.",
        "模板的写法符合所用组件框架的编译器要求。",
    ],
    docs: include_str!("template_syntax.md"),
    check,
};

fn check(context: &Context<'_>) -> Vec<Finding> {
    // What a framework made from its own sources is not mended here.
    if context.program.built_by.is_some() {
        return Vec::new();
    }
    let roots =
        [Some(&context.program.root), context.program.plugin.as_ref().map(|plugin| &plugin.root)];
    let mut files: Vec<&Arc<File>> = roots
        .into_iter()
        .flatten()
        .flat_map(|root| context.files.within(root))
        .filter(|file| is_own_template(context, file))
        .collect();
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files.dedup_by(|one, other| one.path == other.path);
    let noted = |file: &Arc<File>| {
        let compiler = compiler_of(context, file);
        context.noted.templates.of(file, compiler, || of_file(file, compiler).into())
    };
    files.into_iter().flat_map(|file| noted(file).to_vec()).collect()
}

/// Whether `file` is a template that the program's own people write.
fn is_own_template(context: &Context<'_>, file: &File) -> bool {
    let known = |segment: &str| catalogue::package_folder(segment).map(|package| package.package);
    file.kind == Kind::Template
        && matches!(context.program.owns(&file.path), Ownership::Client | Ownership::Plugin)
        && !context.settings.excludes(&file.path)
        && context.program.package_of(context.files, &file.path, &known).is_none()
}

/// The compiler that reads `file`: its own manifest's, else the program's.
fn compiler_of(context: &Context<'_>, file: &File) -> Compiler {
    let manifest = context.files.manifest(&file.path.without_extension().with_extension("json"));
    let own =
        manifest.and_then(|manifest| manifest.root.as_ref()?.get("componentFramework")?.as_str());
    Compiler::of_framework(own.unwrap_or_else(|| context.program.component_framework()))
}

/// What there is to say about one template to the users of `compiler`; follows from the template
/// alone.
fn of_file(file: &File, compiler: Compiler) -> Vec<Finding> {
    let Some(facts) = file.facts().as_template() else { return Vec::new() };
    let editable = file.read_error.is_none();
    let mut found = lexical::check(facts, &file.source);
    let damaged: BTreeSet<Span> =
        found.iter().filter(|one| one.damage).map(|one| one.span).collect();
    let whole = lexical::is_whole(facts);
    found.extend(structure::check(facts, &file.source, whole).into_iter().filter(|one| {
        let next =
            facts.elements.partition_point(|element| element.start_tag.start() <= one.span.start());
        let tag = next.checked_sub(1).and_then(|index| facts.elements.get(index));
        tag.is_none_or(|tag| {
            let (start, end) = (tag.start_tag.start(), tag.start_tag.end());
            damaged.range(Span::at(start)..=Span::new(end, end)).next().is_none()
        })
    }));
    apart(found, compiler)
        .into_iter()
        .filter_map(|one| {
            one.report(&file.path, compiler, editable, |place, message, subject| {
                RULE.finding(place, message, subject)
            })
        })
        .collect()
}

/// What there is to say to the users of `compiler`, by place: of what overlaps, the heaviest only.
fn apart(found: Vec<Found>, compiler: Compiler) -> Vec<Found> {
    let mut found: Vec<Found> =
        found.into_iter().filter(|one| one.severity(compiler).is_some()).collect();
    found.sort_by_key(|one| {
        (
            one.span.start(),
            std::cmp::Reverse(one.severity(compiler)),
            std::cmp::Reverse(one.span.end()),
        )
    });
    let mut kept: Vec<Found> = Vec::new();
    for one in found {
        match kept.last_mut() {
            Some(last) if last.span.end() > one.span.start() || last.span == one.span => {
                if last.severity(compiler) < one.severity(compiler) {
                    *last = one;
                }
            }
            _ => kept.push(one),
        }
    }
    kept
}
