//! The files that `miniguard init` writes. They set nothing but what a person answered – every
//! other key is commented out – so that a project behaves the same with and without them until a
//! person decides something.

use std::fmt::Write as _;

use super::table::SETTINGS;

/// A `miniguard.json` that names every setting and sets none.
pub fn template() -> String {
    template_with(&[])
}

/// The same, with the values of some keys set, each as it stands in the file.
pub fn template_with(values: &[(&str, String)]) -> String {
    let mut out = String::from(
        "// Settings of miniguard; each is optional.\n// miniguard 的设置，各项均可省略。\n{\n",
    );
    for setting in SETTINGS {
        let key = &setting.key;
        let [en, zh] = key.summary;
        let set = values.iter().find(|(name, _)| *name == key.name);
        let (mark, value) = set.map_or(("// ", setting.example), |(_, value)| ("", value));
        // Writing to a String cannot fail.
        let _ = writeln!(out, "\n  // {en}.\n  // {zh}。\n  {mark}\"{}\": {value},", key.name);
    }
    out.push_str("}\n");
    out
}

/// The lists of a domain file, as the official interfaces name them, with an entry as it may stand there.
/// Source: the pages of getDomainInfo and modifyServerDomain (which alone knows TCP). UDP's list is no longer enforced.
const LISTS: [(&str, &str); 6] = [
    ("requestdomain", "https://api.example.com"),
    ("wsrequestdomain", "wss://ws.example.com"),
    ("uploaddomain", "https://upload.example.com"),
    ("downloaddomain", "https://download.example.com"),
    ("tcpdomain", "tcp://tcp.example.com"),
    ("bizdomain", "https://h5.example.com"),
];

/// A list of registered domains (`server-domains.json`) that knows nothing yet. An absent list is unknown and raises
/// no finding, an empty one says that nothing is registered and makes every call one; so no list may be there.
pub fn domain_list_template() -> String {
    let mut out = String::from(
        "// The domains registered for this mini-program. Copy them from mp.weixin.qq.com (Development - Server domain names),\n\
         // or replace this file by the response of getDomainInfo (/wxa/getwxadevinfo).\n\
         // A list that is absent is unknown: nothing is reported. An empty list ([]) means that nothing is registered.\n\
         // 本小程序已配置的域名：请从 mp.weixin.qq.com 的“服务器域名”“业务域名”抄录，或直接用 getDomainInfo\n\
         // （/wxa/getwxadevinfo）的返回内容替换本文件。未写出的列表视为未知，不报告；空列表（[]）表示一个也没有配置。\n{\n",
    );
    for (name, example) in LISTS {
        let _ = writeln!(out, "  // \"{name}\": [\"{example}\"],");
    }
    out.push_str("}\n");
    out
}
