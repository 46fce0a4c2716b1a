//! What stands in the files: scripts, templates and manifests of the ordinary kind, as long as
//! wanted. All of it is made up; a script uses the platform about as often as one in a shop does.

use std::fmt::Write;

/// Numbers that look random and are the same every time (a linear congruential generator).
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// A number below `sides`.
    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap_or(0) % sides
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.roll(words.len())]
    }
}

const NOUNS: [&str; 12] = [
    "order", "coupon", "basket", "address", "parcel", "banner", "review", "member", "refund",
    "stock", "shelf", "voucher",
];
const VERBS: [&str; 8] =
    ["load", "open", "close", "toggle", "submit", "refresh", "select", "render"];

pub(crate) const APP: &str = "const { hosts } = require('./config/hosts.js');\nApp({\n  globalData: { host: hosts.api },\n  onLaunch() { wx.login({ success: res => { this.code = res.code; } }); },\n});\n";
pub(crate) const HOSTS: &str = "const stage = 'release';\nconst hosts = {\n  api: 'https://api.shop.example.com',\n  files: 'https://files.shop.example.com',\n};\nmodule.exports = { stage, hosts };\n";
pub(crate) const REQUEST: &str = "const { hosts } = require('../config/hosts.js');\nfunction request(path, data) {\n  return new Promise((resolve, reject) => {\n    wx.request({ url: hosts.api + path, data, success: resolve, fail: reject });\n  });\n}\nmodule.exports = { request };\n";
pub(crate) const DEVICE: &str = "const info = wx.getSystemInfoSync();\nexports.px = value => (value * info.windowWidth) / 750;\nexports.rect = (owner, selector) => new Promise(resolve => {\n  wx.createSelectorQuery().in(owner).select(selector).boundingClientRect(resolve).exec();\n});\n";
pub(crate) const DOMAINS: &str = "{\"requestdomain\": [\"https://api.shop.example.com\"], \"uploaddomain\": [\"https://files.shop.example.com\"]}\n";

pub(crate) fn app(pages: &[String]) -> String {
    format!(
        "{{\n  \"pages\": [{}],\n  \"requiredPrivateInfos\": [\"getLocation\"],\n  \"permission\": {{\"scope.userLocation\": {{\"desc\": \"to find the nearest shelf\"}}}}\n}}\n",
        pages.join(", ")
    )
}

pub(crate) fn page_manifest(dice: &mut Dice, libraries: &[&str]) -> String {
    let mut uses = vec![format!("\"own\": \"/components/own-{}/index\"", dice.roll(40))];
    for _ in 0..4 {
        let (library, part) = (dice.pick(libraries), dice.roll(73));
        uses.push(format!("\"{library}-{part}\": \"{library}/part-{part}/index\""));
    }
    format!(
        "{{\"navigationBarTitleText\": \"page\", \"usingComponents\": {{{}}}}}\n",
        uses.join(", ")
    )
}

/// Each part of a library but the last is built on another.
pub(crate) fn part_manifest(component: usize) -> String {
    if component.is_multiple_of(3) {
        return "{\"component\": true}\n".to_owned();
    }
    format!(
        "{{\"component\": true, \"usingComponents\": {{\"inner\": \"../part-{}/index\"}}}}\n",
        component - 1
    )
}

/// A page of about `lines` lines.
pub(crate) fn page_script(dice: &mut Dice, lines: usize) -> String {
    let mut text = "const { request } = require('../../utils/request.js');\nconst { hosts } = require('../../config/hosts.js');\n\nPage({\n  data: { list: [], busy: false, total: 0 },\n".to_owned();
    let mut number = 0;
    while text.lines().count() < lines {
        number += 1;
        let (verb, noun) = (dice.pick(&VERBS), dice.pick(&NOUNS));
        let _ = writeln!(text, "  {verb}{noun}{number}(event) {{");
        match dice.roll(8) {
            0 => text.push_str("    wx.getLocation({ type: 'gcj02', success: place => this.setData({ place }) });\n"),
            1 => text.push_str("    wx.uploadFile({ url: hosts.files + '/picture', filePath: event.detail.path, name: 'file' });\n"),
            2 => {
                let _ = writeln!(text, "    wx.request({{ url: `${{hosts.api}}/{noun}/{number}`, success: res => this.setData({{ list: res.data }}) }});");
            }
            3 => text.push_str("    wx.showToast({ title: 'Done', icon: 'success' });\n"),
            _ => {
                let _ = writeln!(text, "    request('/{noun}/{number}', {{ page: this.data.page }}).then(res => this.setData({{ {noun}: res.data }}));");
            }
        }
        statements(dice, &mut text, noun, "    ");
        text.push_str("  },\n");
    }
    text.push_str("});\n");
    text
}

/// A component of about `lines` lines; `asks` for one that says `wx`.
pub(crate) fn component_script(dice: &mut Dice, lines: usize, asks: bool) -> String {
    let mut text = if asks {
        "const { px, rect } = require('../common/device.js');\n".to_owned()
    } else {
        "const { related } = require('../common/relations.js');\n".to_owned()
    };
    text.push_str(
        "Component({\n  properties: { value: { type: String, value: '' } },\n  methods: {\n",
    );
    if asks {
        text.push_str("    copy() { wx.setClipboardData({ data: this.data.value }); },\n");
    }
    let mut number = 0;
    while text.lines().count() < lines {
        number += 1;
        let (verb, noun) = (dice.pick(&VERBS), dice.pick(&NOUNS));
        let _ = writeln!(
            text,
            "    {verb}{noun}{number}(event) {{\n      const node = this.selectComponent('#{noun}');\n      node.start(event.detail);"
        );
        statements(dice, &mut text, noun, "      ");
        text.push_str("      this.triggerEvent('change', { value: this.data.value });\n    },\n");
    }
    text.push_str("  },\n});\n");
    text
}

/// Functions that know nothing of the platform.
pub(crate) fn plain_script(dice: &mut Dice, lines: usize) -> String {
    let mut text = String::new();
    let mut number = 0;
    while text.lines().count() < lines {
        number += 1;
        let (verb, noun) = (dice.pick(&VERBS), dice.pick(&NOUNS));
        let _ = writeln!(text, "function {verb}{noun}{number}(event) {{");
        statements(dice, &mut text, noun, "  ");
        let _ = writeln!(text, "}}\nexports.{verb}{noun}{number} = {verb}{noun}{number};");
    }
    text
}

/// One line of `functions` functions with short names, as bundlers write.
pub(crate) fn minified_script(dice: &mut Dice, functions: usize) -> String {
    let mut text = "!function(e,t){\"use strict\";var n={},r=[];".to_owned();
    for number in 0..functions {
        let (noun, other) = (dice.pick(&NOUNS), dice.roll(functions));
        let _ = write!(
            text,
            "function f{number}(e,t){{var i=e.{noun}||n[t];return i&&i.request?i.request(t,f{other}):(r.push(e),n.{noun}=t?e:f{other}(i))}}"
        );
    }
    text.push_str(
        "n.start=f1,n.stop=f2,e.exports=n,t.wx&&t.wx.getSystemInfoSync()}(module,globalThis);\n",
    );
    text
}

fn statements(dice: &mut Dice, text: &mut String, noun: &str, indent: &str) {
    for _ in 0..3 + dice.roll(8) {
        let (number, other) = (dice.roll(900), dice.pick(&NOUNS));
        let _ = match dice.roll(4) {
            0 => writeln!(
                text,
                "{indent}const {other}{number} = ({noun} => {noun}.length > {number} ? {noun}.slice(0, {number}) : {noun})(event.{other} || []);"
            ),
            1 => writeln!(
                text,
                "{indent}if (event && event.{other} === {number}) event.{other} = {{ ...event.{other}, total: {number} + (event.total || 0) }};"
            ),
            2 => writeln!(
                text,
                "{indent}event.items = (event.items || []).map(item => ({{ id: item.id, {other}: item.{other} * {number} }}));"
            ),
            _ => writeln!(text, "{indent}// The {other} comes after the {noun}: {number} at most."),
        };
    }
}

/// A template of about `elements` elements.
pub(crate) fn template(dice: &mut Dice, elements: usize) -> String {
    let mut text = "<view class=\"page\">\n".to_owned();
    for _ in 0..elements {
        let (verb, noun, number) = (dice.pick(&VERBS), dice.pick(&NOUNS), dice.roll(90));
        let _ = match dice.roll(12) {
            0 => writeln!(
                text,
                "  <button open-type=\"share\" bindtap=\"{verb}{noun}{number}\">Share the {noun}</button>"
            ),
            1 => writeln!(
                text,
                "  <input value=\"{{{{ {noun}.name }}}}\" bindinput=\"{verb}{noun}{number}\" placeholder=\"{noun}\" />"
            ),
            _ => writeln!(
                text,
                "  <view wx:if=\"{{{{ {noun}.total > {number} }}}}\" class=\"{noun} {{{{ busy ? 'busy' : '' }}}}\" bindtap=\"{verb}{noun}{number}\"><text>{{{{ {noun}.label }}}}</text></view>"
            ),
        };
    }
    text.push_str("</view>\n");
    text
}
