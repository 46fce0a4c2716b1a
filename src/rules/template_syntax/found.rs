//! One thing found in a template, before the compiler of its page is asked. It becomes a finding
//! only where that compiler does not simply accept it.

use super::compiler::{Compiler, Verdict};
use super::form::{Form, form};
use crate::finding::{Applicability, Edit, Finding, Fix, Label, Phrase, Place, Severity};
use crate::path::FilePath;
use crate::text::Span;

/// A form that was found.
pub(super) struct Found {
    /// What it is.
    pub form: Form,
    /// Where.
    pub span: Span,
    /// What it is about.
    pub subject: String,
    /// A further place, with what it has to do with it.
    pub label: Option<(Span, Phrase)>,
    /// What mends it for certain.
    pub edits: Vec<(Span, String)>,
    /// Whether nothing else may be said about the tag it stands in.
    pub damage: bool,
    missing_key: bool,
}

/// Subjects longer than this would hide the sentence they stand in. Characters.
const LONGEST_SUBJECT: usize = 40;

impl Found {
    /// A form found at `span`; `subject` is what it is about.
    pub(super) fn new(form: Form, span: Span, subject: &str) -> Self {
        let subject: String = subject
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
            .chars()
            .take(LONGEST_SUBJECT)
            .collect();
        Self {
            form,
            span,
            subject,
            label: None,
            edits: Vec::new(),
            damage: false,
            missing_key: false,
        }
    }

    /// A loop without `wx:key`, whose name stands at `span`.
    pub(super) fn missing_key(span: Span) -> Self {
        let form = form(
            Verdict::Advises,
            Verdict::Advises,
            ["the loop has no `wx:key`", "列表渲染没有 `wx:key`"],
            [
                "Name a field that tells the items apart, or `*this` when the items themselves do.",
                "请写出能区分各项的字段名；各项自身即可区分时写 `*this`。",
            ],
        );
        Self { missing_key: true, ..Self::new(form, span, "wx:for") }
    }

    /// What `compiler` says.
    pub(super) fn verdict(&self, compiler: Compiler) -> Verdict {
        match compiler {
            Compiler::Classic => self.form.classic,
            Compiler::GlassEasel => self.form.glass_easel,
        }
    }

    /// How much it weighs for `compiler`; `None` where there is nothing to say.
    pub(super) fn severity(&self, compiler: Compiler) -> Option<Severity> {
        self.verdict(compiler).severity()
    }

    /// The finding in `file`, made from one of `finding`'s rule; `editable` tells whether fixes may
    /// be offered.
    pub(super) fn report(
        self,
        file: &FilePath,
        compiler: Compiler,
        editable: bool,
        finding: impl FnOnce(Place, Phrase, String) -> Finding,
    ) -> Option<Finding> {
        let verdict = self.verdict(compiler);
        let severity = verdict.severity()?;
        let [en, zh] = self.form.what;
        let message = if self.missing_key {
            Phrase::new(en, zh)
        } else {
            let said = verdict.said(compiler);
            let about = if self.subject.is_empty() {
                String::new()
            } else {
                format!("`{}`: ", self.subject)
            };
            let about_zh = about.replace(": ", "：");
            Phrase::new(
                format!("{about}{en} ({})", said.en),
                format!("{about_zh}{zh}（{}）", said.zh),
            )
        };
        let mut finding = finding(Place::new(file, self.span), message, self.subject);
        finding.severity = severity;
        finding.why = if self.missing_key {
            Phrase::new(
                "When the list changes, the framework cannot tell which item is which, and may rebuild items.",
                "列表变化时，框架无法判断各项的对应关系，可能会重新创建这些项。",
            )
        } else {
            verdict.effect(compiler)
        };
        finding.help = Phrase::new(self.form.help[0], self.form.help[1]);
        finding.labels = self
            .label
            .into_iter()
            .map(|(span, message)| Label { place: Place::new(file, span), message })
            .collect();
        if editable && !self.edits.is_empty() {
            let edits = self
                .edits
                .into_iter()
                .map(|(span, text)| Edit::Replace { place: Place::new(file, span), text })
                .collect();
            finding.fixes.push(Fix {
                title: Phrase::new("Mend the template here", "修正此处模板"),
                applicability: Applicability::Safe,
                edits,
            });
        }
        Some(finding)
    }
}
