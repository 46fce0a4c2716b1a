//! Why a piece of a text is not known. A reason is for people to read; nothing is decided by it but
//! whether callers may still say more.

use crate::facts::script::{Expr, FunctionId};
use crate::finding::{Phrase, Place};
use crate::semantic::resolve::{Resolver, ValueRef};

/// Why a piece of a text is not known.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum UnknownReason {
    /// A server's answer holds it.
    Response,
    /// A person typed or tapped it: an event carries it.
    Input,
    /// The page is opened with it.
    Options,
    /// It is read from storage.
    Storage,
    /// It is data or a property of a page or component that this file does not give.
    Data,
    /// It does not exist: the text says `undefined` there. The member that is not there.
    Undefined(Place),
    /// It is `null`, or a value that is left out: no text at all.
    Absent,
    /// The build puts it in.
    Build,
    /// Callers give it: those of the function at the place.
    Parameter(Place),
    /// The steps of the query ran out at the place.
    TooComplex(Place),
    /// It is made in a way that is not followed.
    Other,
}

impl UnknownReason {
    /// The word that JSON has for it.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Response => "server-response",
            Self::Input => "user-input",
            Self::Options => "page-options",
            Self::Storage => "storage",
            Self::Data => "page-data",
            Self::Undefined(_) => "undefined-member",
            Self::Absent => "absent-value",
            Self::Build => "build-time-value",
            Self::Parameter(_) => "parameter",
            Self::TooComplex(_) => "too-complex",
            Self::Other => "not-followed",
        }
    }

    /// It, for a sentence: "part of it comes from …".
    pub fn phrase(&self) -> Phrase {
        match self {
            Self::Response => Phrase::new("a server's answer", "服务器的返回"),
            Self::Input => Phrase::new("what the user types or taps", "用户的输入或操作"),
            Self::Options => Phrase::new("what the page is opened with", "打开页面时传入的参数"),
            Self::Storage => Phrase::new("storage", "本地缓存"),
            Self::Data => Phrase::new("data that this page is given", "页面或组件从外部得到的数据"),
            Self::Undefined(_) => Phrase::new("a member that does not exist", "不存在的成员"),
            Self::Absent => Phrase::new("a value that is left out or null", "未给出或为 null 的值"),
            Self::Build => Phrase::new("the build", "构建时注入的值"),
            Self::Parameter(_) => Phrase::new(
                "a parameter; no caller that gives it was found",
                "参数，而可见的代码中没有调用者传入",
            ),
            Self::TooComplex(_) => Phrase::new(
                "code that is too complex here to be followed",
                "过于复杂而未能追踪的代码",
            ),
            Self::Other => Phrase::new("code that is not followed", "未能追踪的代码"),
        }
    }
}

/// How many members long a chain is followed.
pub(super) const CHAIN: u32 = 8;
/// Members by which an event says what was typed or tapped.
const EVENT: [&str; 4] = ["currentTarget", "dataset", "detail", "target"];
/// Members by which the platform says which files were chosen or taken.
const CHOSEN: [&str; 3] = ["tempFilePath", "tempFilePaths", "tempFiles"];
/// Callbacks that a server's answer is given to.
const ANSWERED: [&str; 3] = ["complete", "success", "then"];
/// Interfaces that read storage.
const STORAGE: [&str; 3] = ["batchGetStorageSync", "getStorage", "getStorageSync"];

/// Why the value of `source`, which leads nowhere, is not known.
pub fn unknown_reason(resolver: &mut Resolver<'_>, source: ValueRef) -> UnknownReason {
    if resolver.is_exhausted() {
        return resolver.place(source).map_or(UnknownReason::Other, UnknownReason::TooComplex);
    }
    if resolver.is_missing(source)
        && let Some(place) = resolver.place(source)
    {
        return UnknownReason::Undefined(place);
    }
    if !matches!(resolver.expr(source), Expr::Undefined) && resolver.is_absent(source) {
        return UnknownReason::Absent;
    }
    let mut names: Vec<&str> = Vec::new();
    let mut part = source;
    for _ in 0..CHAIN {
        match resolver.expr(part) {
            Expr::Undefined => {
                return resolver.place(part).map_or(UnknownReason::Other, UnknownReason::Undefined);
            }
            Expr::Member { object, name } => {
                names.push(name);
                part = part.at(*object);
            }
            Expr::Index { object, .. } => part = part.at(*object),
            Expr::Await(value) => part = part.at(*value),
            Expr::Name(_) => {
                let sources = resolver.resolve(part);
                match *sources.as_slice() {
                    [one] if one != part => part = one,
                    _ => return UnknownReason::Other,
                }
            }
            Expr::Parameter { function, index } => {
                return parameter(resolver, part, *function, *index, &names);
            }
            Expr::This(_) => return UnknownReason::Data,
            Expr::Global(name) if &**name == "process" => return UnknownReason::Build,
            Expr::Call { callee, arguments, .. } => {
                match resolver.expr(part.at(*callee)) {
                    Expr::Member { name, .. } if STORAGE.contains(&&**name) => {
                        return UnknownReason::Storage;
                    }
                    // `JSON.parse(x)`, `decodeURIComponent(x)`: as unknown as what it is given.
                    _ => match arguments.first() {
                        Some(first) => part = part.at(first.value),
                        None => return UnknownReason::Other,
                    },
                }
            }
            _ => return UnknownReason::Other,
        }
    }
    UnknownReason::Other
}

fn parameter(
    resolver: &Resolver<'_>,
    at: ValueRef,
    function: FunctionId,
    index: u32,
    names: &[&str],
) -> UnknownReason {
    if names.iter().any(|name| EVENT.contains(name) || CHOSEN.contains(name)) {
        return UnknownReason::Input;
    }
    let function = resolver.facts(at).and_then(|facts| facts.function(function));
    let given_by_callers = || {
        let place = resolver.modules().path(at.module).zip(function);
        place.map_or(UnknownReason::Other, |(path, one)| {
            UnknownReason::Parameter(Place::new(path, one.span))
        })
    };
    match function.and_then(|function| function.name.as_deref()) {
        Some(name) if ANSWERED.contains(&name) => UnknownReason::Response,
        Some("onLoad") if index == 0 => UnknownReason::Options,
        // A function without a name is a callback.
        None if names.contains(&"data") => UnknownReason::Response,
        Some(_) | None => given_by_callers(),
    }
}

/// The names by which `source` is found in what ext.json gives the program:
/// `wx.getExtConfigSync().a.b`.
pub(super) fn path_in_ext(
    resolver: &mut Resolver<'_>,
    source: ValueRef,
    depth: u32,
) -> Option<Vec<String>> {
    match resolver.expr(source) {
        Expr::Call { callee, .. } => matches!(resolver.expr(source.at(*callee)),
            Expr::Member { name, .. } if &**name == "getExtConfigSync")
        .then(Vec::new),
        Expr::Member { object, name } if depth > 0 => {
            let objects = resolver.resolve(source.at(*object));
            let mut path =
                objects.into_iter().find_map(|object| path_in_ext(resolver, object, depth - 1))?;
            path.push(name.to_string());
            Some(path)
        }
        _ => None,
    }
}
