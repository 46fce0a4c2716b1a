//! Where values go: which interface an expression is, which text it may be.
