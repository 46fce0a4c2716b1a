//! From bytes to text. The platform reads UTF-8; editors of Windows also write UTF-16 and GBK, and a
//! file in them is read too, so that no finding is lost to its encoding.
//!
//! Invariant: a text that was not valid UTF-8 carries its [`ReadError`], so it is never edited.

use encoding_rs::{GBK, UTF_16BE, UTF_16LE};

use crate::project::{Encoding, ReadError};

/// How many Chinese characters make GBK certain.
const ENOUGH: usize = 2;

/// Decodes a file. Bytes of no certain encoding give a text with replacement characters. O(n).
pub(super) fn decode(bytes: Vec<u8>) -> (String, Option<ReadError>) {
    let utf_16 = match bytes.as_slice() {
        [0xFF, 0xFE, rest @ ..] => Some(UTF_16LE.decode_without_bom_handling(rest)),
        [0xFE, 0xFF, rest @ ..] => Some(UTF_16BE.decode_without_bom_handling(rest)),
        _ => None,
    };
    if let Some((text, malformed)) = utf_16 {
        let read_error =
            if malformed { ReadError::NotUtf8 } else { ReadError::Decoded(Encoding::Utf16) };
        return (text.into_owned(), Some(read_error));
    }
    match String::from_utf8(bytes) {
        Ok(text) if looks_like_utf_16(text.as_bytes()) => (text, Some(ReadError::NotUtf8)),
        Ok(text) => (text, None),
        Err(error) => {
            let bytes = error.as_bytes();
            if is_gbk(bytes) {
                let (text, _) = GBK.decode_without_bom_handling(bytes);
                return (text.into_owned(), Some(ReadError::Decoded(Encoding::Gbk)));
            }
            (String::from_utf8_lossy(bytes).into_owned(), Some(ReadError::NotUtf8))
        }
    }
}

/// Whether it is UTF-16 without a byte order mark: in ASCII text every other byte is zero then, and
/// so it is valid UTF-8.
fn looks_like_utf_16(bytes: &[u8]) -> bool {
    let zeros = bytes.iter().take(512).filter(|byte| **byte == 0).count();
    zeros * 4 > bytes.len().min(512)
}

/// Whether `bytes`, which are not UTF-8, are certainly GBK: every byte beyond ASCII belongs to a
/// pair of the national set, there are several Chinese characters, and most of them are of its
/// first level, the ones that are in use. Text of one-byte encodings has lone bytes; rare
/// characters in a row are a sign of another encoding of two bytes.
fn is_gbk(bytes: &[u8]) -> bool {
    let (mut common, mut rare) = (0_usize, 0_usize);
    let mut rest = bytes;
    while let [lead, after @ ..] = rest {
        if lead.is_ascii() {
            rest = after;
            continue;
        }
        let [trail, after @ ..] = after else { return false };
        match (lead, trail) {
            // Punctuation, numbers and full-width letters.
            (0xA1..=0xA3, 0xA1..=0xFE) => {}
            (0xB0..=0xD7, 0xA1..=0xFE) => common += 1,
            (0xD8..=0xF7, 0xA1..=0xFE) => rare += 1,
            _ => return false,
        }
        rest = after;
    }
    common >= ENOUGH && common >= rare * 4
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, EUC_JP, GBK, SHIFT_JIS, WINDOWS_1252};

    use super::decode;
    use crate::project::{Encoding, ReadError};

    fn utf_16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let units = std::iter::once(0xFEFF).chain(text.encode_utf16());
        units.flat_map(bytes).collect()
    }

    #[test]
    fn utf_8_stays_as_it_is() {
        for text in ["", "a()", "// 首页\n", "\u{feff}{}", "a\0b cdefgh"] {
            assert_eq!(decode(text.as_bytes().to_vec()), (text.to_owned(), None), "{text:?}");
        }
    }

    #[test]
    fn utf_16_with_a_byte_order_mark_is_decoded() {
        let decoded = |text: &str| (text.to_owned(), Some(ReadError::Decoded(Encoding::Utf16)));
        for text in ["", "wx.login()", "// 首页 𠮷\r\n"] {
            assert_eq!(decode(utf_16(text, u16::to_le_bytes)), decoded(text));
            assert_eq!(decode(utf_16(text, u16::to_be_bytes)), decoded(text));
        }
    }

    #[test]
    fn utf_16_that_is_damaged_or_unmarked_is_named() {
        let mut odd = utf_16("wx.login()", u16::to_le_bytes);
        odd.push(b'x');
        assert_eq!(decode(odd).1, Some(ReadError::NotUtf8));
        let unmarked = utf_16("wx.login()", u16::to_le_bytes).split_off(2);
        assert_eq!(decode(unmarked).1, Some(ReadError::NotUtf8));
    }

    #[test]
    fn gbk_is_decoded_where_it_is_certain() {
        for text in [
            "// 首页\nwx.login()",
            "title: '欢迎，请登录！',\r\n",
            "{ \"navigationBarTitleText\": \"购物车\" }",
            "<view>￥{{price}} 元起</view>",
            "/* 获取用户的位置，用于推荐附近门店 */",
        ] {
            let (bytes, _, unmappable) = GBK.encode(text);
            assert!(!unmappable);
            let decoded = (text.to_owned(), Some(ReadError::Decoded(Encoding::Gbk)));
            assert_eq!(decode(bytes.into_owned()), decoded);
        }
    }

    #[test]
    fn what_may_be_another_encoding_is_named() {
        for bytes in [
            WINDOWS_1252.encode("// café à la carte").0,
            WINDOWS_1252.encode("// naïveté, Müller & Söhne").0,
            BIG5.encode("// 取得使用者的位置").0,
            SHIFT_JIS.encode("// ログインしてください").0,
            EUC_JP.encode("// ログインしてください").0,
            GBK.encode("// 好").0,
        ] {
            assert_eq!(decode(bytes.to_vec()).1, Some(ReadError::NotUtf8), "{bytes:?}");
        }
    }
}
