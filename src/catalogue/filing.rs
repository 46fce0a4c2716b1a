//! The number of a mini-program's ICP filing: how it is written, and where the public can look it
//! up.
//!
//! Source: WeChat's guide to filing
//! (`developers.weixin.qq.com/miniprogram/product/record/record_guidelines.html`) for where it is
//! shown, the mini-program form `…-1X` from `api.mir6.com/doc/icpapplet.html`.

use std::sync::LazyLock;

use regex::Regex;

/// The system in which a filing can be looked up.
pub const FILING_SITE: &str = "beian.miit.gov.cn";

/// The letters of the provinces that a number begins with.
const PROVINCES: &str = "京津沪渝冀晋蒙辽吉黑苏浙皖闽赣鲁豫鄂湘粤桂琼川贵云藏陕甘青宁新港澳台";

static NUMBER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(&format!(
        r"[{PROVINCES}](?:ICP备\d{{6,10}}号|[Bb]2-?\d{{6,10}})(?:-\d{{1,5}}[AaXx]?)?"
    ))
    .ok()
});

/// What a filing number is of, by its form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilingForm {
    /// A mini-program: it ends in X.
    MiniProgram,
    /// An app: it ends in A.
    App,
    /// A website, or a licence without a suffix.
    Other,
}

/// The filing numbers in a text: where, and of what form.
pub fn filing_numbers(text: &str) -> impl Iterator<Item = (std::ops::Range<usize>, FilingForm)> {
    let found = NUMBER.as_ref().into_iter().flat_map(move |number| number.find_iter(text));
    found.map(|found| (found.range(), form_of(found.as_str())))
}

/// What a number is of.
pub fn form_of(number: &str) -> FilingForm {
    match number.trim().chars().next_back() {
        Some('X' | 'x') => FilingForm::MiniProgram,
        Some('A' | 'a') => FilingForm::App,
        _ => FilingForm::Other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_by_their_form() {
        for (text, expected) in [
            ("备案号：粤ICP备12345678号-3X", vec![FilingForm::MiniProgram]),
            ("粤B2-20090059-1626X", vec![FilingForm::MiniProgram]),
            ("京ICP备2023012345号-1A", vec![FilingForm::App]),
            ("京ICP备2023012345号", vec![FilingForm::Other]),
            ("京ICP备", vec![]),
            ("B2-20090059", vec![]),
        ] {
            let found: Vec<FilingForm> = filing_numbers(text).map(|(_, form)| form).collect();
            assert_eq!(found, expected, "{text}");
        }
    }
}
