//! Form fields that ask for personal information. WeChat gates nothing that a person types, so a
//! form is told by its words alone; two signs of different origin have to agree, and what is shown,
//! searched for or switched off asks nothing.

mod evidence;

use crate::catalogue::{self, FieldKind};
use crate::facts::TemplateFacts;
use crate::facts::template::{Element, Piece};
use crate::finding::Place;
use crate::path::FilePath;

pub use evidence::FieldEvidence;
use evidence::FieldTexts;

/// A field that asks for personal information.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormField {
    /// The tag's name.
    pub place: Place,
    /// What it asks for.
    pub kind: &'static FieldKind,
    /// What tells so, in a fixed order; at least two.
    pub signs: Vec<FieldEvidence>,
}

/// Elements in which people write or choose.
const NATIVE: [&str; 5] = ["input", "picker", "radio-group", "textarea", "editor"];
/// The last words of the tags of libraries' components that do.
const FORWARDED: [&str; 5] = ["field", "input", "picker", "radio-group", "textarea"];

/// Whether a template may hold a field. O(n), without a parse.
pub fn may_hold_field(source: &str) -> bool {
    ["input", "textarea", "picker", "field", "radio-group", "editor"]
        .iter()
        .any(|word| memchr::memmem::find(source.as_bytes(), word.as_bytes()).is_some())
}

/// The fields of the template `path` that ask for personal information, in document order.
pub fn fields_of_template(facts: &TemplateFacts, path: &FilePath) -> Vec<FormField> {
    let mut fields = Vec::new();
    // A label stands between the field before and its own.
    let mut after = 0;
    for element in &facts.elements {
        if !is_entry(element) {
            continue;
        }
        let signs = FieldTexts::read(facts, element, after);
        after = element.span.end();
        if is_off(element) || signs.is_search() {
            continue;
        }
        if let Some((kind, signs)) = signs.agree() {
            fields.push(FormField { place: Place::new(path, element.tag_span), kind, signs });
        }
    }
    fields
}

/// Whether the words of a template tell people what becomes of what they type: a notice, a policy,
/// a purpose, a consent.
pub fn has_notice(facts: &TemplateFacts) -> bool {
    let Some(notice) = catalogue::wording("notice") else { return false };
    let said = |text: &str| notice.is_said_in(text);
    facts.texts.iter().flat_map(|text| &text.pieces).any(|piece| match piece {
        Piece::Literal { text, .. } => said(text),
        Piece::Expression { expression, .. } => {
            evidence::strings(expression).iter().any(|text| said(text))
        }
    }) || facts.elements.iter().any(|element| {
        notice.is_said_in(&element.tag.replace('-', " "))
            || evidence::attribute_texts(element).any(|text| said(&text))
    })
}

fn is_entry(element: &Element) -> bool {
    let tag = &*element.tag;
    NATIVE.contains(&tag)
        || FORWARDED.iter().any(|last| {
            tag.strip_suffix(last).is_some_and(|rest| rest.ends_with('-') && rest.len() > 1)
        })
}

/// Returns whether the field is read-only or never shown.
fn is_off(element: &Element) -> bool {
    ["disabled", "readonly"].iter().any(|name| {
        element.attribute(name).is_some_and(|attribute| match &attribute.value {
            None => true,
            Some(value) => matches!(value.candidates(), (texts, true)
                if texts.iter().all(|text| !matches!(&**text, "" | "false"))),
        })
    }) || element
        .attribute("wx:if")
        .and_then(|attribute| attribute.value.as_ref())
        .is_some_and(|value| matches!(value.candidates(), (texts, true) if texts == ["false"]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::syntax::{Kind, Tree};

    fn facts(source: &str) -> TemplateFacts {
        crate::facts::template::read(&Tree::parse(Kind::Template, source), source)
    }

    fn found(source: &str) -> String {
        let path = FilePath::new("p.wxml").unwrap();
        let fields = fields_of_template(&facts(source), &path);
        let shown = fields.iter().map(|field| {
            let signs: Vec<&str> = field.signs.iter().map(|sign| sign.name()).collect();
            format!("{} {}", field.kind.id, signs.join("+"))
        });
        shown.collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn two_signs_agree() {
        for (source, expected) in [
            ("<input placeholder='请输入手机号' name='phone'/>", "phone hint+name"),
            (
                "<view>身份证号</view><input type='idcard' bindinput='onInput'/>",
                "id-number type+label",
            ),
            (
                "<view>联系人</view><view><input bindinput='onName' value='{{form.consignee}}'/></view>",
                "name label+name",
            ),
            ("<van-field label='收货地址' value='{{ addr }}'/>", "address label+name"),
            (
                "<t-cell title='生日'><picker mode='date' value='{{birthday}}'/></t-cell>",
                "birth label+name",
            ),
            (
                "<label>Phone number</label><input type='number' maxlength='11'/>",
                "phone type+label",
            ),
            ("<text>手机号</text><input placeholder='请输入手机号'/>", "phone hint+label"),
            (
                "<input placeholder=\"{{_t['请输入手机号']}}\" model:value='{{mobile}}'/>",
                "phone hint+name",
            ),
            (
                "<input placeholder=\"{{i === 0 ? '请输入您的姓名' : '请输入公司名称'}}\" data-name='realName'/>",
                "name hint+name",
            ),
            (
                "<picker mode='region' bindchange='x'><view>所在地区</view></picker>",
                "address type+label",
            ),
            (
                "<view>民族</view><input bindinput='bindNationInput'/>",
                "religion-ethnicity label+name",
            ),
            (
                "<view>姓名</view><input name='a'/><view>手机</view><input name='tel'/>",
                "phone label+name",
            ),
        ] {
            assert_eq!(found(source), expected, "{source}");
        }
    }

    #[test]
    fn one_sign_and_lookalikes_say_nothing() {
        for source in [
            "<input placeholder='请输入手机号'/>",
            "<input name='phone'/>",
            "<input name='name'/><input name='height'/>",
            "<view>姓名</view><view>{{name}}</view>",
            "<view>手机号</view><input disabled name='phone'/>",
            "<view>手机号</view><input disabled='{{true}}' name='phone'/>",
            "<view>手机号</view><input wx:if='{{false}}' name='phone'/>",
            "<input placeholder='搜索手机号' name='phone'/>",
            "<input placeholder='Search by phone' name='phone' confirm-type='search'/>",
            "<view>客服电话</view><input name='shopPhone'/>",
            "<view>商品名称</view><input name='goodsName'/>",
            "<view>身高</view><view style='height: 1px'></view><input name='n'/>",
            "<view>验证码</view><input placeholder='请输入手机验证码' name='code'/>",
            "<picker mode='date' bindchange='x'/>",
            "<button name='phone'>手机号</button>",
            "<view>本店地址见下，欢迎光临，请在营业时间内来店咨询选购</view><input name='address' type='text'/>",
        ] {
            assert_eq!(found(source), "", "{source}");
        }
    }

    #[test]
    fn a_notice_is_a_text_or_a_component() {
        for (source, expected) in [
            ("<view>我们仅将手机号用于联系配送</view>", true),
            ("<privacy-popup/>", true),
            ("<text>See our privacy policy</text>", true),
            ("<view>请填写</view>", false),
        ] {
            assert_eq!(has_notice(&facts(source)), expected, "{source}");
        }
    }
}
