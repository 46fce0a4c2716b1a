//! What a module puts under names of what it imports: `config.host = …`. Whose object that is, only
//! following the import tells; here it is as the text says it.

use crate::facts::ScriptFacts;
use crate::facts::script::{Expr, ExprId, Write};
use crate::semantic::access_path;

/// Something that a module puts under a name of an object that it imports: `config.host = …`.
#[derive(Debug)]
pub(crate) struct ImportWrite {
    /// The import and the members of it: what the object is, for comparison.
    pub(crate) path: Box<str>,
    /// The name.
    pub(crate) name: Box<str>,
    /// The object.
    pub(crate) object: ExprId,
    /// The value.
    pub(crate) value: ExprId,
}

/// Every gift of the module, in document order. O(assignments).
pub(super) fn of(facts: &ScriptFacts) -> Vec<ImportWrite> {
    facts.writes.iter().filter_map(|write| gift(facts, write)).collect()
}

fn gift(facts: &ScriptFacts, write: &Write) -> Option<ImportWrite> {
    let Expr::Member { object, name } = facts.expr(write.target) else { return None };
    let root = access_path::root(facts, *object);
    let given = match facts.expr(root) {
        Expr::Name(binding) => match *facts.binding(*binding)?.values {
            [given] => given,
            _ => return None,
        },
        _ => root,
    };
    let specifier = imported(facts, access_path::root(facts, given))?;
    let path = |expr| access_path::path(facts, expr).unwrap_or_default();
    Some(ImportWrite {
        path: format!("{specifier}\n{}\n{}", path(given), path(*object)).into(),
        name: name.clone(),
        object: *object,
        value: write.value,
    })
}

/// The module that `expr` asks for, as the text names it, and which of its exports.
fn imported(facts: &ScriptFacts, expr: ExprId) -> Option<String> {
    match facts.expr(expr) {
        Expr::Import { import, name } => {
            let import = facts.imports.get(*import as usize)?;
            Some(format!("{} {name:?}", import.specifier))
        }
        Expr::Call { callee, arguments, new: false } => {
            let asks = matches!(facts.expr(*callee), Expr::Global(name) if &**name == "require");
            let first = arguments.first().filter(|_| asks)?;
            match facts.expr(first.value) {
                Expr::String(specifier) => Some(specifier.to_string()),
                _ => None,
            }
        }
        _ => None,
    }
}
