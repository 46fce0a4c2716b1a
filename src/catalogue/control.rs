//! Interfaces that decide how a program goes on: dialogs, the exit, the loading mask, requests for
//! a scope. They touch no personal information, so they are no rows of `interfaces.json`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::table;

static ROWS: LazyLock<Vec<Control>> = LazyLock::new(|| table::parse(include_str!("controls.json")));

/// An interface that steers control flow.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Control {
    /// The interface, `wx.…`.
    pub name: &'static str,
    /// What it does to control flow.
    pub role: ControlRole,
    /// Where the fact comes from.
    #[serde(borrow)]
    pub source: Vec<&'static str>,
}

/// What an interface does to control flow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ControlRole {
    /// Shows a dialog and calls back with the user's choice.
    Dialog,
    /// Closes the mini-program.
    Exit,
    /// Hides the loading mask.
    HideLoading,
    /// Asks for the scopes that its `scope` argument names.
    ScopeRequest,
    /// Covers the page with a loading mask until it is hidden.
    ShowLoading,
}

/// Returns all of them, sorted by name.
pub fn controls() -> &'static [Control] {
    &ROWS
}

/// Returns the row of the interface `name`. O(log n).
pub fn control(name: &str) -> Option<&'static Control> {
    table::find(controls(), |row| row.name, &[name])
}

/// Returns the interfaces with `role`, sorted.
pub fn controls_of(role: ControlRole) -> impl Iterator<Item = &'static str> {
    controls().iter().filter(move |row| row.role == role).map(|row| row.name)
}
