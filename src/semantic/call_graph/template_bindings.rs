//! Which events of a template call a method. A template that is brought in by `include` or `import`
//! binds to the methods of whoever brings it in.

use std::sync::Arc;

use crate::facts::template::Handler;
use crate::path::FilePath;
use crate::project::{ComponentTarget, File, Files, Program};

/// An event that calls a method.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Bound {
    /// The event.
    pub(super) event: Box<str>,
    /// The component that sends it, when it is one of the program's.
    pub(super) component: Option<FilePath>,
}

/// The events of the template of `stem` that call `method`, in document order. Adds what was looked
/// at to `deps`.
pub(super) fn of(
    program: &Program,
    files: &Files,
    stem: &FilePath,
    method: &str,
    deps: &mut Vec<Arc<File>>,
) -> Vec<Bound> {
    // What its tags mean.
    deps.extend(files.get(&program.manifest_of(files, stem)).cloned());
    let mut bound = Vec::new();
    for path in program.templates_of(files, stem) {
        deps.extend(files.get(&path).cloned());
        let Some(facts) = files.template(&path) else { continue };
        for event in facts.events() {
            let calls = match event.handler {
                Handler::Method(name, _) => name.trim() == method,
                // `{{on ? 'a' : 'b'}}`
                Handler::Computed(value) => value.candidates().0.iter().any(|name| name == method),
                Handler::None => false,
            };
            let Some(element) = facts.elements.get(event.element as usize).filter(|_| calls) else {
                continue;
            };
            let component = match program.component_of(files, stem, &element.tag) {
                ComponentTarget::Local(stem) => Some(stem),
                _ => None,
            };
            bound.push(Bound { event: event.event.into(), component });
        }
    }
    bound
}
