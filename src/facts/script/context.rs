//! Where an expression stands, and what that says of the names in it. A position is handed down and
//! becomes a [`Context`] only where it meets a name or member chain; what stands between passes it
//! on, weakens it to a test, or ends it.

use super::read::Reader;
use super::{BindingId, Context, ExprId, Occurrence};

/// Where an expression stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Position {
    /// Its value is used.
    Read,
    /// Its value is used to decide something, and for nothing else.
    Tested,
    /// Its value is unused: a statement, all but the last of a comma chain.
    Discarded,
    /// It is called.
    Called,
    /// It is what a longer chain begins with.
    Object,
    /// It is assigned to.
    Written,
    /// It becomes the value of a binding.
    Bound(BindingId),
}

impl Position {
    /// The position of the last part that may become the whole's value: a branch, the right of a
    /// logical operator.
    pub(super) fn passed_on(self) -> Self {
        match self {
            Self::Tested | Self::Discarded | Self::Called => self,
            Self::Read | Self::Object | Self::Written | Self::Bound(_) => Self::Read,
        }
    }

    /// The position of the left of a binary operator that stands in position `self`.
    pub(super) fn left_of(self, operator: &str) -> Self {
        match operator {
            "||" | "??" => match self.passed_on() {
                Self::Discarded => Self::Tested,
                position => position,
            },
            "&&" | "==" | "===" | "!=" | "!==" | "<" | "<=" | ">" | ">=" | "instanceof" => {
                Self::Tested
            }
            _ => Self::Read,
        }
    }

    /// The position of the right of a binary operator that stands in position `self`.
    pub(super) fn right_of(self, operator: &str) -> Self {
        match operator {
            "&&" | "||" | "??" => self.passed_on(),
            "in" => Self::Tested,
            _ => self.left_of(operator),
        }
    }
}

impl Reader<'_, '_> {
    /// Notes that the chain `expr` stands in `position`.
    pub(super) fn occurrence(&mut self, expr: ExprId, position: Position) {
        let context = match position {
            Position::Object => return,
            Position::Tested => Context::Tested,
            Position::Written => Context::Written,
            Position::Bound(binding) => Context::Bound(binding),
            Position::Read | Position::Discarded => Context::Read,
            Position::Called => {
                // Until the call is there: see `settle_calls`.
                self.called.push(self.facts.occurrences.len());
                Context::Read
            }
        };
        self.facts.occurrences.push(Occurrence { expr, context, function: self.function });
    }

    /// Tells the occurrences that were noted as called since `mark` which call it is.
    pub(super) fn settle_calls(&mut self, mark: usize, call: ExprId) {
        for index in self.called.drain(mark.min(self.called.len())..) {
            if let Some(occurrence) = self.facts.occurrences.get_mut(index) {
                occurrence.context = Context::Called(call);
            }
        }
    }
}
