//! content

pub mod declarations;
pub mod filing;
pub mod forms;
pub mod payload;
pub mod topics;
