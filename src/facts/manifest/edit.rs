//! placeholder

/// placeholder
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Style;
