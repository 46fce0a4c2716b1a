//! Which templates a page or component is made of, and whose template a file is. What `include` and
//! `import` bring in binds to the methods and tags of whoever brings it in, so a shared template
//! has several owners.

use memchr::memmem::Finder;

use super::{Files, Program};
use crate::facts::template::ReferenceKind;
use crate::path::FilePath;

/// How many templates may be brought in, one by another.
const MOST: usize = 64;

impl Program {
    /// The file that the path `text` of a template means in `from`; it may not be there. `None`
    /// when it leaves the workspace.
    pub fn resolve_template(&self, files: &Files, from: &FilePath, text: &str) -> Option<FilePath> {
        let root = self.root_for(from);
        let target =
            if text.starts_with('/') { root.join(text) } else { from.parent().join(text) }?;
        // The compiler adds the extension that is left out.
        let complete = target.with_extension("wxml");
        Some(if !files.contains(&target) && files.contains(&complete) { complete } else { target })
    }

    /// The templates that `include` and `import` in the template at `path` bring in, in document
    /// order.
    fn templates_in(&self, files: &Files, path: &FilePath) -> Vec<FilePath> {
        let Some(facts) = files.template(path) else { return Vec::new() };
        let references = facts.references().filter(|reference| {
            matches!(reference.kind, ReferenceKind::Import | ReferenceKind::Include)
        });
        references
            .filter_map(|reference| self.resolve_template(files, path, reference.path?))
            .collect()
    }

    /// The template of the page or component at `stem`, and all that it brings in, each once. Reads
    /// their facts.
    pub fn templates_of(&self, files: &Files, stem: &FilePath) -> Vec<FilePath> {
        let mut found = vec![self.template_of(files, stem)];
        let mut next = 0;
        while let Some(path) = found.get(next).cloned().filter(|_| next < MOST) {
            next += 1;
            for target in self.templates_in(files, &path) {
                if !found.contains(&target) {
                    found.push(target);
                }
            }
        }
        found
    }

    /// The pages and components whose template `path` is or is brought into, by stem, nearest
    /// first. Reads the facts of the templates that name it.
    pub fn owners_of_template(&self, files: &Files, path: &FilePath) -> Vec<FilePath> {
        let mut owners = Vec::new();
        let mut found = vec![path.clone()];
        let mut next = 0;
        while let Some(path) = found.get(next).cloned().filter(|_| next < MOST) {
            next += 1;
            let stem = path.without_extension();
            if self.script_of(files, &stem).is_some() {
                owners.push(stem.clone());
            }
            let word = Finder::new(stem.file_name());
            // Both spell their path in an attribute; few templates have either.
            let brings = [Finder::new("<import"), Finder::new("<include")];
            for file in files.within(self.root_for(&path)) {
                if file.kind.has_template()
                    && !found.contains(&file.path)
                    && brings.iter().any(|tag| tag.find(file.source.as_bytes()).is_some())
                    && word.find(file.source.as_bytes()).is_some()
                    && self.templates_in(files, &file.path).contains(&path)
                {
                    found.push(file.path.clone());
                }
            }
        }
        owners
    }
}

#[cfg(test)]
mod tests {
    use crate::project::Project;
    use crate::project::tests::{at, files};

    #[test]
    fn a_shared_template_belongs_to_all_that_bring_it_in() {
        let files = files(&[
            ("project.config.json", "{}"),
            ("app.json", r#"{"pages": ["p/p", "q/q"]}"#),
            ("p/p.js", ""),
            ("p/p.wxml", "<import src='../shared/a.wxml'/><include src='/shared/b'/>"),
            ("q/q.js", ""),
            ("q/q.wxml", "<include src='../shared/a.wxml'/><wxs module='m' src='../b.wxs'/>"),
            ("shared/a.wxml", "<include src='./b.wxml'/><include src='a.wxml'/>"),
            ("shared/b.wxml", "<view/><include src='{{x}}'/>"),
            ("shared/unused.wxml", ""),
        ]);
        let project = Project::resolve(&files);
        let program = &project.programs[0];
        let names = |paths: Vec<crate::path::FilePath>| {
            paths.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
        };
        assert_eq!(
            names(program.templates_of(&files, &at("p/p"))),
            "p/p.wxml shared/a.wxml shared/b.wxml"
        );
        for (template, owners) in [
            ("p/p.wxml", "p/p"),
            ("shared/a.wxml", "p/p q/q"),
            ("shared/b.wxml", "p/p q/q"),
            ("shared/unused.wxml", ""),
        ] {
            assert_eq!(
                names(program.owners_of_template(&files, &at(template))),
                owners,
                "{template}"
            );
        }
    }
}
