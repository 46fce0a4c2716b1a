//! The texts that a value may be, as far as the template itself says. A list that is said to be
//! complete names every text; what a name of the data holds is never guessed.

use super::{AttributeValue, ExpressionKind, Piece, TemplateExpression};

/// More texts than this are not listed.
const MOST: usize = 16;

/// Texts in the order in which they are written, each once.
struct Texts {
    texts: Vec<String>,
    complete: bool,
}

/// The texts that `value` may be, and whether these are all.
pub(super) fn of_value(value: &AttributeValue) -> (Vec<String>, bool) {
    let whole = value.pieces.iter().fold(Texts::one(""), |texts, piece| {
        texts.followed_by(&match piece {
            Piece::Literal { text, .. } => Texts::one(text),
            Piece::Expression { expression, .. } => texts_of(expression),
        })
    });
    (whole.texts, whole.complete)
}

/// The texts that an expression may be.
fn texts_of(expression: &TemplateExpression) -> Texts {
    match &expression.kind {
        ExpressionKind::String(text) => Texts::one(text),
        ExpressionKind::Bool(value) => Texts::one(&value.to_string()),
        ExpressionKind::Number(number) if is_plain_integer(number) => Texts::one(number),
        ExpressionKind::Conditional { consequence, alternative, .. } => {
            texts_of(consequence).or(texts_of(alternative))
        }
        ExpressionKind::Binary { operator, left, right } => match &**operator {
            "||" => truthy_texts_of(left).or(texts_of(right)),
            "??" => texts_of(left).or(texts_of(right)),
            "&&" => texts_of(right).and_others(),
            "+" if is_text(left) || is_text(right) => texts_of(left).followed_by(&texts_of(right)),
            _ => Texts::unknown(),
        },
        _ => Texts::unknown(),
    }
}

/// The texts that an expression may be where `||` takes it: those that are not empty.
fn truthy_texts_of(expression: &TemplateExpression) -> Texts {
    match &expression.kind {
        ExpressionKind::Bool(false) | ExpressionKind::Null | ExpressionKind::Undefined => {
            Texts::none()
        }
        ExpressionKind::Conditional { consequence, alternative, .. } => {
            truthy_texts_of(consequence).or(truthy_texts_of(alternative))
        }
        ExpressionKind::Binary { operator, left, right } if &**operator == "||" => {
            truthy_texts_of(left).or(truthy_texts_of(right))
        }
        ExpressionKind::Binary { operator, right, .. } if &**operator == "&&" => {
            truthy_texts_of(right)
        }
        ExpressionKind::Number(number) if &**number == "0" => Texts::none(),
        _ => {
            let mut texts = texts_of(expression);
            texts.texts.retain(|text| !text.is_empty());
            texts
        }
    }
}

/// Whether an expression is a text for certain, so that `+` joins and does not add.
fn is_text(expression: &TemplateExpression) -> bool {
    match &expression.kind {
        ExpressionKind::String(_) => true,
        ExpressionKind::Conditional { consequence, alternative, .. } => {
            is_text(consequence) && is_text(alternative)
        }
        ExpressionKind::Binary { operator, left, right } => {
            &**operator == "+" && (is_text(left) || is_text(right))
        }
        _ => false,
    }
}

/// Whether a number prints as it is written.
fn is_plain_integer(number: &str) -> bool {
    number.len() < 16
        && number.bytes().all(|byte| byte.is_ascii_digit())
        && (number == "0" || !number.starts_with('0'))
}

impl Texts {
    fn none() -> Self {
        Self { texts: Vec::new(), complete: true }
    }

    fn unknown() -> Self {
        Self { texts: Vec::new(), complete: false }
    }

    fn one(text: &str) -> Self {
        Self { texts: vec![text.to_owned()], complete: true }
    }

    fn push(&mut self, text: String) {
        if self.texts.contains(&text) {
            return;
        }
        if self.texts.len() < MOST {
            self.texts.push(text);
        } else {
            self.complete = false;
        }
    }

    /// These or those.
    fn or(mut self, other: Self) -> Self {
        self.complete &= other.complete;
        for text in other.texts {
            self.push(text);
        }
        self
    }

    /// These, or something that is not known.
    fn and_others(mut self) -> Self {
        self.complete = false;
        self
    }

    /// Each of these with each of those behind it.
    fn followed_by(&self, other: &Self) -> Self {
        let mut joined = Self::none();
        joined.complete = self.complete && other.complete;
        for first in &self.texts {
            for second in &other.texts {
                joined.push(format!("{first}{second}"));
            }
        }
        joined
    }
}

#[cfg(test)]
mod tests {
    use crate::facts::template::read;
    use crate::syntax::{Kind, Tree};

    #[test]
    fn candidates() {
        for (value, texts, complete) in [
            ("", &[""] as &[&str], true),
            ("share", &["share"], true),
            ("a|b", &["a|b"], true),
            ("{{'a'}}", &["a"], true),
            ("{{ ('a') }}", &["a"], true),
            ("{{true}}", &["true"], true),
            ("{{12}}", &["12"], true),
            ("{{1e3}}", &[], false),
            ("{{x}}", &[], false),
            ("{{}}", &[], false),
            ("{{null}}", &[], false),
            ("{{x.y}}", &[], false),
            ("{{m.f('a')}}", &[], false),
            ("{{c ? 'a' : 'b'}}", &["a", "b"], true),
            ("{{c ? 'a' : 'a'}}", &["a"], true),
            ("{{c ? 'a' : d ? 'b' : ''}}", &["a", "b", ""], true),
            ("{{c ? 'a' : x}}", &["a"], false),
            ("{{c && 'a'}}", &["a"], false),
            ("{{c || 'a'}}", &["a"], false),
            ("{{c ?? 'a'}}", &["a"], false),
            ("{{c && 'a' || 'b'}}", &["a", "b"], true),
            ("{{'' || 'b'}}", &["b"], true),
            ("{{(c ? '' : 'a') || 'b'}}", &["a", "b"], true),
            ("{{null || 0 || false || 'b'}}", &["b"], true),
            ("{{'a' + 'b'}}", &["ab"], true),
            ("{{'a' + 1}}", &["a1"], true),
            ("{{1 + 1}}", &[], false),
            ("{{'a' + x}}", &[], false),
            ("{{(c ? 'a' : 'b') + '-' + (d ? 'c' : 'd')}}", &["a-c", "a-d", "b-c", "b-d"], true),
            ("x{{c ? 'a' : 'b'}}y", &["xay", "xby"], true),
            ("x{{c ? 'a' : d}}y", &["xay"], false),
            ("x{{d}}y{{'a'}}", &[], false),
            ("{{c ? 'a' : 'b'}}|{{'c'}}", &["a|c", "b|c"], true),
            ("{{a = 'b'}}", &[], false),
            ("{{ 'a", &[], false),
        ] {
            let source = format!("<button open-type=\"{value}\"/>");
            let facts = read(&Tree::parse(Kind::Template, &source), &source);
            let attribute = facts.elements[0].attribute("open-type").unwrap();
            let found = attribute.value.as_ref().unwrap().candidates();
            let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
            assert_eq!(found, (texts, complete), "{value}");
        }
    }

    #[test]
    fn the_list_is_bounded() {
        let source = format!("<a b=\"{}\"/>", "{{c ? 'a' : 'b'}}".repeat(5));
        let facts = read(&Tree::parse(Kind::Template, &source), &source);
        let (texts, complete) =
            facts.elements[0].attributes[0].value.as_ref().unwrap().candidates();
        assert_eq!((texts.len(), complete), (16, false));
    }
}
