//! Facts as text. `#n` numbers bindings, `@n` functions, `$n` imports; `?` is unknown.

use std::fmt::Write;

use crate::facts::script::{
    Argument, Context, Entry, ExportName, Expr, ExprId, FunctionId, ImportedName, Key,
    LogicalOperator, ScriptFacts,
};

/// An expression.
pub(super) fn expr(facts: &ScriptFacts, id: ExprId) -> String {
    let of = |id| expr(facts, id);
    match facts.expr(id) {
        Expr::Unknown => "?".into(),
        Expr::Undefined => "undefined".into(),
        Expr::Null => "null".into(),
        Expr::Bool(value) => value.to_string(),
        Expr::Number(number) => number.to_string(),
        Expr::String(value) => format!("{:?}", &**value),
        Expr::Concat(pieces) => {
            format!("<{}>", pieces.iter().map(|&id| of(id)).collect::<Vec<_>>().join(" + "))
        }
        Expr::Name(binding) => {
            format!("{}#{}", facts.binding(*binding).map_or("", |binding| &binding.name), binding.0)
        }
        Expr::Global(name) => name.to_string(),
        Expr::This(function) => format!("this{}", at(*function)),
        Expr::Super => "super".into(),
        Expr::Parameter { function, index } => format!("@{}[{index}]", function.0),
        Expr::Import { import, name } => match name {
            ImportedName::Module => format!("${import}"),
            ImportedName::Default => format!("${import}.default"),
            ImportedName::Namespace => format!("${import}.*"),
            ImportedName::Named(name) => format!("${import}.{name}"),
        },
        Expr::Member { object, name } => format!("{}.{name}", of(*object)),
        Expr::Index { object, index } => format!("{}[{}]", of(*object), of(*index)),
        Expr::Call { callee, arguments, new } => {
            format!("{}{}({})", if *new { "new " } else { "" }, of(*callee), list(facts, arguments))
        }
        Expr::Object(members) => format!("{{{}}}", entries(facts, members)),
        Expr::Class { base, members, statics } => {
            let base = base.map_or(String::new(), |base| format!(" extends {}", of(base)));
            let statics = if statics.is_empty() {
                String::new()
            } else {
                format!("; {}", entries(facts, statics))
            };
            format!("class{base}{{{}{statics}}}", entries(facts, members))
        }
        Expr::Array(elements) => format!("[{}]", list(facts, elements)),
        Expr::Function(function) => format!("@{}", function.0),
        Expr::Conditional { test, then, otherwise } => {
            format!("({} ? {} : {})", of(*test), of(*then), of(*otherwise))
        }
        Expr::Logical { operator, left, right } => {
            let operator = match operator {
                LogicalOperator::Or => "||",
                LogicalOperator::And => "&&",
                LogicalOperator::Nullish => "??",
                LogicalOperator::Default => "default",
            };
            format!("({} {operator} {})", of(*left), of(*right))
        }
        Expr::Await(value) => format!("await {}", of(*value)),
        Expr::Assign { value } => format!("(= {})", of(*value)),
    }
}

fn at(function: Option<FunctionId>) -> String {
    function.map_or(String::new(), |function| format!("@{}", function.0))
}

fn list(facts: &ScriptFacts, list: &[Argument]) -> String {
    let one = |argument: &Argument| {
        format!("{}{}", if argument.spread { "..." } else { "" }, expr(facts, argument.value))
    };
    list.iter().map(one).collect::<Vec<_>>().join(", ")
}

fn entries(facts: &ScriptFacts, entries: &[Entry]) -> String {
    let one = |entry: &Entry| {
        let value = expr(facts, entry.value);
        match &entry.key {
            Key::Name(name) => format!("{name}: {value}"),
            Key::Computed(key) => format!("[{}]: {value}", expr(facts, *key)),
            Key::Spread => format!("...{value}"),
            Key::Getter(name) => format!("get {name}: {value}"),
            Key::Setter(name) => format!("set {name}: {value}"),
        }
    };
    entries.iter().map(one).collect::<Vec<_>>().join(", ")
}

/// The bindings: kind, name, the function they are in, values.
pub(super) fn bindings(facts: &ScriptFacts) -> Vec<String> {
    let one = |binding: &crate::facts::script::Binding| {
        let values: Vec<_> = binding.values.iter().map(|&id| expr(facts, id)).collect();
        let text = format!(
            "{:?} {}{} = {}",
            binding.kind,
            binding.name,
            at(binding.function),
            values.join(" | ")
        );
        text.trim_end_matches([' ', '=']).to_owned()
    };
    facts.bindings.iter().map(one).collect()
}

/// The occurrences: context, chain, the function they are in.
pub(super) fn occurrences(facts: &ScriptFacts) -> Vec<String> {
    let one = |occurrence: &crate::facts::script::Occurrence| {
        let context = match occurrence.context {
            Context::Called(call) => match facts.expr(call) {
                Expr::Call { new: true, .. } => "New".into(),
                Expr::Call { callee, .. } if *callee == occurrence.expr => "Called".into(),
                Expr::Call { .. } => "Called within".into(),
                _ => "Tag".into(),
            },
            Context::Bound(binding) => {
                format!("Bound {}", facts.binding(binding).map_or("", |binding| &binding.name))
            }
            other => format!("{other:?}"),
        };
        format!("{context}{}: {}", at(occurrence.function), expr(facts, occurrence.expr))
    };
    facts.occurrences.iter().map(one).collect()
}

/// The writes.
pub(super) fn writes(facts: &ScriptFacts) -> Vec<String> {
    facts
        .writes
        .iter()
        .map(|write| {
            format!(
                "{}{} = {}",
                expr(facts, write.target),
                at(write.function),
                expr(facts, write.value)
            )
        })
        .collect()
}

/// The functions: name, parameters, owner, flags, parent, returns.
pub(super) fn functions(facts: &ScriptFacts) -> Vec<String> {
    let one = |function: &crate::facts::script::Function| {
        let mut text = String::new();
        for (flag, word) in [
            (function.asynchronous, "async "),
            (function.generator, "generator "),
            (function.arrow, "arrow "),
        ] {
            text.push_str(if flag { word } else { "" });
        }
        text.push_str(function.name.as_deref().unwrap_or("_"));
        let parameters: Vec<_> = function
            .parameters
            .iter()
            .map(|parameter| {
                let name = parameter
                    .binding
                    .and_then(|binding| facts.binding(binding))
                    .map_or("_", |binding| &binding.name);
                let default = parameter
                    .default
                    .map_or(String::new(), |default| format!(" = {}", expr(facts, default)));
                format!("{}{name}{default}", if parameter.rest { "..." } else { "" })
            })
            .collect();
        let _ = write!(text, "({})", parameters.join(", "));
        if let Some(parent) = function.parent {
            let _ = write!(text, " in @{}", parent.0);
        }
        if let Some(owner) = function.owner {
            let kind =
                if matches!(facts.expr(owner), Expr::Class { .. }) { "class" } else { "object" };
            let _ = write!(text, " of {kind}");
        }
        let returns: Vec<_> = function.returns.iter().map(|&id| expr(facts, id)).collect();
        if !returns.is_empty() {
            let _ = write!(text, " -> {}", returns.join(" | "));
        }
        text
    };
    facts.functions.iter().map(one).collect()
}

/// The calls.
pub(super) fn calls(facts: &ScriptFacts) -> Vec<String> {
    facts.calls.iter().map(|&id| expr(facts, id)).collect()
}

/// The imports and exports.
pub(super) fn modules(facts: &ScriptFacts) -> Vec<String> {
    let imports = facts.imports.iter().map(|import| {
        format!("import {}{}", if import.type_only { "type " } else { "" }, import.specifier)
    });
    let exports = facts.exports.iter().map(|export| {
        let name = match &export.name {
            ExportName::Whole => "whole",
            ExportName::Default => "default",
            ExportName::All => "*",
            ExportName::Named(name) => name,
        };
        let value =
            export.value.map_or(String::new(), |value| format!(" = {}", expr(facts, value)));
        let from = export.from.map_or(String::new(), |from| format!(" from ${from}"));
        format!("export {name}{value}{from}")
    });
    imports.chain(exports).collect()
}
