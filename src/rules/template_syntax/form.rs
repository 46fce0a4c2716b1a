//! What the two compilers say to each anomaly, and how a person is told. One row per form; the
//! verdicts are measured, and where one was not measured it is the milder of what is possible.
//!
//! Source: the cases of `grammars/wxml/test/cases.json`, recorded from both compilers, and the
//! official reference of WXML.

use super::compiler::Verdict::{self, Accepts, Advises, Misreads, Rejects, Warns};
use crate::facts::template::AnomalyKind as Kind;

/// A form: the verdicts of the classic compiler and of glass-easel, then what it is and what to do,
/// in both languages.
#[derive(Clone, Copy)]
pub(super) struct Form {
    /// What the classic compiler says.
    pub classic: Verdict,
    /// What glass-easel says.
    pub glass_easel: Verdict,
    /// What it is.
    pub what: [&'static str; 2],
    /// What to do.
    pub help: [&'static str; 2],
}

pub(super) const fn form(
    classic: Verdict,
    glass_easel: Verdict,
    what: [&'static str; 2],
    help: [&'static str; 2],
) -> Form {
    Form { classic, glass_easel, what, help }
}

/// The form of an anomaly.
#[rustfmt::skip]
pub(super) fn of(kind: Kind) -> Form {
    match kind {
        Kind::UnclosedElement => form(Rejects, Warns,
            ["the element is not closed", "元素没有闭合"],
            ["Close it: no element of WXML closes by itself, not even `image`, `input` or `br`.", "请闭合该元素：WXML 没有自动闭合的元素，`image`、`input`、`br` 也不例外。"]),
        Kind::StrayEndTag => form(Rejects, Warns,
            ["the end tag belongs to no open element", "结束标签没有对应的开始标签"],
            ["Remove it, or put it where its element is still open.", "请删除它，或移到对应元素仍未闭合的位置。"]),
        Kind::MissingTagEnd(false) => form(Rejects, Warns,
            ["the tag has no `>`", "标签缺少 `>`"],
            ["Write the `>`.", "请补上 `>`。"]),
        Kind::MissingTagEnd(true) => form(Rejects, Rejects,
            ["the file ends inside a tag", "文件在标签内部结束"],
            ["Finish the tag.", "请补全标签。"]),
        Kind::MissingQuote => form(Rejects, Rejects,
            ["the value has no closing quote", "属性值缺少右引号"],
            ["Write the quote.", "请补上引号。"]),
        Kind::MissingBraces => form(Rejects, Rejects,
            ["the interpolation has no `}}`", "插值缺少 `}}`"],
            ["Write the `}}`.", "请补上 `}}`。"]),
        Kind::Unreadable => form(Rejects, Rejects,
            ["this is not WXML", "此处不是合法的 WXML"],
            ["Take it out, or write it in the syntax of templates: expressions there know neither `=`, `?.`, functions nor template literals.", "请删除，或改用模板支持的写法：模板表达式不支持 `=`、`?.`、函数和模板字符串。"]),
        Kind::EndTagCase => form(Rejects, Advises,
            ["the end tag spells the name in other letter case", "结束标签与开始标签大小写不一致"],
            ["Spell both alike.", "请使两者大小写一致。"]),
        Kind::DotInTagName => form(Rejects, Accepts,
            ["the tag's name has a dot", "标签名含有 `.`"],
            ["Name the component without a dot.", "请为组件起一个不含 `.` 的名称。"]),
        Kind::ColonInTagName => form(Accepts, Warns,
            ["the tag's name has a colon", "标签名含有 `:`"],
            ["Name the component without a colon.", "请为组件起一个不含 `:` 的名称。"]),
        Kind::UppercaseTagName => form(Accepts, Advises,
            ["the tag's name has an upper-case letter", "标签名含有大写字母"],
            ["Use lower case and hyphens.", "请使用小写字母和连字符。"]),
        Kind::MetaTag => form(Rejects, Advises,
            ["WXML has no `<!…>` but comments", "WXML 中除注释外没有 `<!…>`"],
            ["Remove it.", "请删除。"]),
        Kind::CommentInTag => form(Rejects, Warns,
            ["a comment stands inside a tag", "注释写在了标签内部"],
            ["Move the comment before the element.", "请把注释移到元素之前。"]),
        Kind::InterpolationInTag => form(Rejects, Warns,
            ["an interpolation stands where an attribute's name belongs", "插值写在了属性名的位置"],
            ["Write the attribute's name out, and the interpolation as its value.", "请直接写出属性名，把插值作为属性值。"]),
        Kind::PunctuatedAttributeName => form(Accepts, Warns,
            ["the attribute's name begins with punctuation", "属性名以标点开头"],
            ["Write the plain name; a computed value is `name=\"{{…}}\"`.", "请直接写属性名；动态值应写作 `name=\"{{…}}\"`。"]),
        Kind::DotInAttributeName => form(Rejects, Accepts,
            ["the attribute's name has a dot", "属性名含有 `.`"],
            ["Use a name without a dot.", "请使用不含 `.` 的属性名。"]),
        Kind::OddAttributeName => form(Rejects, Warns,
            ["this is no attribute name", "属性名不合法"],
            ["Names are of letters, digits, `-`, `_` and `:`, and begin with a letter; events are bound by `bind:` and `catch:`.", "属性名由字母、数字、`-`、`_`、`:` 组成，以字母开头；事件用 `bind:`、`catch:` 绑定。"]),
        Kind::RepeatedAttribute => form(Misreads, Warns,
            ["the attribute stands twice in the tag", "标签中有重复的属性"],
            ["Keep one: the classic compiler takes the last, glass-easel the first.", "请只保留一个：经典编译器取最后一个，glass-easel 取第一个。"]),
        Kind::UnquotedValue => form(Rejects, Warns,
            ["the value has no quotes", "属性值没有引号"],
            ["Put the value in quotes.", "请为属性值加上引号。"]),
        Kind::UnquotedInterpolation => form(Rejects, Accepts,
            ["the interpolation has no quotes around it", "插值两侧没有引号"],
            ["Put the value in quotes.", "请为属性值加上引号。"]),
        Kind::MissingValue(false) => form(Rejects, Advises,
            ["`=` has no value behind it", "`=` 后面没有值"],
            ["Write the value, or take the `=` out.", "请补上属性值，或删除 `=`。"]),
        Kind::MissingValue(true) => form(Misreads, Advises,
            ["`=` has no value behind it, and the attribute is dropped", "`=` 后面没有值，该属性会被忽略"],
            ["Write the value, or take the `=` out.", "请补上属性值，或删除 `=`。"]),
        Kind::SpaceAroundEquals => form(Accepts, Advises,
            ["white space stands beside `=`", "`=` 两侧有空白"],
            ["Write name, `=` and value together.", "属性名、`=` 和属性值之间请勿留空白。"]),
        Kind::LineEndInValue => form(Rejects, Accepts,
            ["a line ends inside the value", "属性值中有换行"],
            ["Write the value in one line; what is long can be computed in the script or in a wxs module.", "请把属性值写在一行内；较长的内容可在脚本或 wxs 模块中计算。"]),
        Kind::EscapedQuoteInValue => form(Accepts, Warns,
            ["`\\\"` ends the value: it is no escape", "`\\\"` 会结束属性值：它不是转义"],
            ["Use the other kind of quote around the value.", "请改用另一种引号包裹属性值。"]),
        Kind::QuoteInInterpolation => form(Rejects, Accepts,
            ["the value's own quote stands inside its interpolation, and ends the value", "插值中使用了与属性值相同的引号，属性值会提前结束"],
            ["Use the other kind of quote inside.", "请在插值内改用另一种引号。"]),
        Kind::LessThanInText => form(Rejects, Accepts,
            ["`<` in text begins a tag", "文本中的 `<` 会被当作标签开头"],
            ["Write `{{'<'}}`.", "请写作 `{{'<'}}`。"]),
        Kind::EmptyInterpolation => form(Accepts, Warns,
            ["the interpolation is empty", "插值为空"],
            ["Write an expression, or take the braces out.", "请写入表达式，或删除花括号。"]),
        Kind::TripleBrace => form(Rejects, Accepts,
            ["an object begins right behind `{{`", "`{{` 后面紧跟对象"],
            ["Leave the object's braces out in the data of a template; in other values put a space before and after it.", "模板的 data 中请省略对象的花括号；其他属性值中请在对象前后加空格。"]),
        Kind::LateOperator => form(Rejects, Accepts,
            ["the operator is known to glass-easel only", "该运算符只有 glass-easel 支持"],
            ["Compute the value in the script or in a wxs module.", "请在脚本或 wxs 模块中计算该值。"]),
        Kind::LateNumber => form(Rejects, Accepts,
            ["the form of the number is known to glass-easel only", "该数字写法只有 glass-easel 支持"],
            ["Write the number in plain decimals.", "请用普通十进制书写。"]),
        Kind::TrailingComma => form(Rejects, Accepts,
            ["a comma stands before the closing bracket", "右括号前有多余的逗号"],
            ["Remove the comma.", "请删除该逗号。"]),
        Kind::ArrayHole => form(Rejects, Accepts,
            ["the array leaves an element out", "数组中有空元素"],
            ["Write `undefined` for it.", "请写作 `undefined`。"]),
        Kind::SpreadInList => form(Rejects, Accepts,
            ["`...` is known in objects only", "`...` 只能用于对象"],
            ["Build the list in the script or in a wxs module.", "请在脚本或 wxs 模块中生成该列表。"]),
        Kind::EscapedQuoteInString => form(Rejects, Accepts,
            ["a string in an attribute escapes its own quote", "属性中的字符串转义了自身的引号"],
            ["Keep the string in the script's data.", "请把该字符串放到脚本的 data 中。"]),
        Kind::InnerObject => form(Rejects, Accepts,
            ["an object without its braces is the data of a template only", "省略花括号的对象只能用作模板的 data"],
            ["Write the braces, with a space before and after.", "请写出对象的花括号，并在前后加空格。"]),
        Kind::NestedObjectInText => form(Rejects, Accepts,
            ["the object's `}}` ends the interpolation", "对象中的 `}}` 会提前结束插值"],
            ["Compute the value in the script or in a wxs module.", "请在脚本或 wxs 模块中计算该值。"]),
    }
}
