//! What mpx adds to blocks and to WXML: `mode="ali"` on blocks, `open-type@wx|swan` on attributes,
//! `@ali` on elements, calls as handlers (`bindtap="go(item)"`).
//!
//! Source: mpx's documentation of conditional compilation and of event handling (didi/mpx@3d32a6e).

use super::blocks::Block;
use crate::facts::template::{Attribute, AttributeKind, AttributeValue, Piece, TemplateFacts};
use crate::syntax::SingleFile;
use crate::text::Span;

/// The mode of WeChat.
const WECHAT: &str = "wx";

/// Whether a block is part of the program for WeChat.
pub(super) fn is_for_wechat(form: SingleFile, block: &Block) -> bool {
    form != SingleFile::Mpx || block.value("mode").is_none_or(|mode| mode == WECHAT)
}

/// `facts` of a template as they are for WeChat.
pub(super) fn finish(mut facts: TemplateFacts) -> TemplateFacts {
    // What other compilers say of WXML does not matter: this one is compiled first.
    facts.anomalies.clear();
    for element in &mut facts.elements {
        element.attributes.retain_mut(keep);
    }
    facts
}

/// Brings an attribute to the form that WeChat gets; whether it gets it at all.
fn keep(attribute: &mut Attribute) -> bool {
    if let Some((name, modes)) = attribute.name.split_once('@') {
        let is_wechat = |mode: &str| mode.split(':').next() == Some(WECHAT);
        if !modes.split('|').any(is_wechat) {
            return false;
        }
        if !name.is_empty() {
            let name: Box<str> = name.into();
            let end = attribute.name_span.start() + name.len();
            attribute.name_span = Span::new(attribute.name_span.start(), end);
            if let AttributeKind::Event { event, .. } = &mut attribute.kind
                && let Some((own, _)) = event.split_once('@')
            {
                *event = own.into();
            }
            attribute.name = name;
        }
    }
    if let AttributeKind::Event { .. } = attribute.kind
        && let Some(value) = &mut attribute.value
        && let [Piece::Literal { text, span }] = value.pieces.as_slice()
        && let Some((name, _)) = text.split_once('(')
    {
        let (name, start) = (name.trim(), span.start() + text.len() - text.trim_start().len());
        let span = Span::new(start, start + name.len());
        let piece = Piece::Literal { text: name.into(), span };
        *value = AttributeValue { span, pieces: vec![piece] };
    }
    true
}
