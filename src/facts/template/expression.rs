//! What stands between `{{` and `}}`. The one thing to know: see the module's parent.

/// placeholder
#[derive(Clone, Debug, PartialEq)]
pub struct TemplateExpression;

pub(super) fn candidates(_: &super::AttributeValue) -> (Vec<String>, bool) {
    (Vec::new(), false)
}
