//! The condition of a directive: symbols with `||`, `&&` and parentheses. Invariant: `None` is an
//! answer – a symbol that the project may define leaves a branch open, and never removes it.

/// Symbols that are defined for WeChat.
const DEFINED: [&str; 3] = ["MP", "MP-WEIXIN", "MP_WEIXIN"];
/// Symbols that never are: other platforms. Source: uni-app's documentation of conditional
/// compilation.
const OTHERS: [&str; 22] = [
    "APP",
    "APP-ANDROID",
    "APP-HARMONY",
    "APP-IOS",
    "APP-NVUE",
    "APP-PLUS",
    "APP-PLUS-NVUE",
    "APP-UVUE",
    "APP-VUE",
    "H5",
    "MP-360",
    "MP-ALIPAY",
    "MP-BAIDU",
    "MP-HARMONY",
    "MP-JD",
    "MP-KUAISHOU",
    "MP-LARK",
    "MP-QQ",
    "MP-TOUTIAO",
    "MP-XHS",
    "UNI-APP-X",
    "WEB",
];
/// What the symbols of quick apps begin with.
const QUICK_APP: &str = "QUICKAPP";
/// How deep parentheses may nest.
const DEEPEST: u32 = 16;

/// Whether `condition` holds for WeChat; `None` where that depends on the project.
pub(super) fn holds(condition: &str) -> Option<bool> {
    let mut rest = condition.trim();
    let value = either(&mut rest, DEEPEST);
    if rest.is_empty() { value } else { None }
}

/// `a || b || …`
fn either(rest: &mut &str, depth: u32) -> Option<bool> {
    let mut value = both(rest, depth);
    while take(rest, "||") {
        let next = both(rest, depth);
        value = match (value, next) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (Some(false), Some(false)) => Some(false),
            _ => None,
        };
    }
    value
}

/// `a && b && …`
fn both(rest: &mut &str, depth: u32) -> Option<bool> {
    let mut value = symbol(rest, depth);
    while take(rest, "&&") {
        let next = symbol(rest, depth);
        value = match (value, next) {
            (Some(false), _) | (_, Some(false)) => Some(false),
            (Some(true), Some(true)) => Some(true),
            _ => None,
        };
    }
    value
}

/// A symbol, or a condition in parentheses.
fn symbol(rest: &mut &str, depth: u32) -> Option<bool> {
    if depth > 0 && take(rest, "(") {
        let value = either(rest, depth - 1);
        return if take(rest, ")") { value } else { None };
    }
    let end = rest.find(|c: char| c.is_whitespace() || "()|&".contains(c)).unwrap_or(rest.len());
    let (name, after) = rest.split_at(end);
    *rest = after.trim_start();
    if DEFINED.contains(&name) {
        return Some(true);
    }
    let other = OTHERS.contains(&name.replace('_', "-").as_str()) || name.starts_with(QUICK_APP);
    other.then_some(false)
}

/// Takes `token` and the white space behind it, if it is next.
fn take(rest: &mut &str, token: &str) -> bool {
    let after = rest.strip_prefix(token);
    if let Some(after) = after {
        *rest = after.trim_start();
    }
    after.is_some()
}

#[cfg(test)]
mod tests {
    use super::holds;

    #[test]
    fn a_condition_holds_does_not_or_depends() {
        for (condition, expected) in [
            ("MP-WEIXIN", Some(true)),
            (" MP_WEIXIN ", Some(true)),
            ("MP", Some(true)),
            ("H5", Some(false)),
            ("MP-ALIPAY||MP-WEIXIN", Some(true)),
            ("MP-ALIPAY || MP-BAIDU", Some(false)),
            ("APP-PLUS && MP-WEIXIN", Some(false)),
            ("MP && MP-WEIXIN", Some(true)),
            ("H5 || MP && VUE3", None),
            ("H5 && VUE3", Some(false)),
            ("MP || VUE3", Some(true)),
            ("(H5 || MP) && MP-WEIXIN", Some(true)),
            ("(H5 || MP", None),
            ("QUICKAPP-WEBVIEW", Some(false)),
            ("MP-OWN", None),
            ("uniVersion >= 3.9.0", None),
            ("", None),
            ("H5 MP", None),
        ] {
            assert_eq!(holds(condition), expected, "{condition}");
        }
        assert_eq!(holds(&"(".repeat(10_000)), None);
    }
}
