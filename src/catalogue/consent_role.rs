//! The part that an interface has in asking for consent. Rules and `flow` ask for the part and
//! never for a name, so that a renamed interface is a change of the table.

use serde::Deserialize;

/// What an interface does for consent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConsentRole {
    /// The button by which the user agrees to the privacy guide.
    Agreement,
    /// Lets its `success` run only once the user has agreed.
    Gate,
    /// Registers the program's own handler: only the last one counts, and it must answer.
    Handler,
    /// Shows the privacy guide.
    Notice,
    /// Tells whether the user still has to agree.
    Query,
    /// Asks for one scope.
    Request,
    /// Opens the settings page, where the user changes what was refused.
    Settings,
}

#[cfg(test)]
mod tests {
    use super::ConsentRole;
    use crate::catalogue::interfaces;

    #[test]
    fn every_part_is_played_by_one_interface() {
        use ConsentRole::{Agreement, Gate, Handler, Notice, Query, Request, Settings};
        for role in [Agreement, Gate, Handler, Notice, Query, Request, Settings] {
            let players = interfaces().iter().filter(|row| row.consent_role == Some(role));
            assert_eq!(players.count(), 1, "{role:?}");
        }
    }
}
