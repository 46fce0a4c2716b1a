//! Every way that a program reaches the network, each with the list that opens it and that list's
//! own rules: one call in, what the platform says out. The answers are the platform's documents',
//! see `src/catalogue/lists.json` for them.

use std::fmt::Write as _;

use miniguard::check;
use miniguard::check::Cancel;
use miniguard::path::FilePath;
use miniguard::project::Files;

/// What is registered.
const LISTS: &str = r#"{
  "requestdomain": ["https://api.example.com", "https://pay.example.com:8443"],
  "wsrequestdomain": ["wss://ws.example.com"],
  "uploaddomain": ["https://up.example.com"],
  "downloaddomain": ["https://down.example.com"],
  "tcpdomain": ["tcp://scale.example.com"],
  "bizdomain": ["https://h5.example.com"],
  "plugins": { "wx1111111111111111": { "requestdomain": ["https://plugin.example.com"] } }
}"#;

/// What is said of a program that does this in a page, in its template and in a plugin of the same
/// tree: a line for each host, `list origin state`, and a note after `:`.
fn said(page: &str, template: &str, plugin: &str) -> String {
    let texts = [
        (
            "project.config.json",
            r#"{"appid": "wx0000000000000000", "pluginAppid": "wx1111111111111111", "miniprogramRoot": "mini/", "pluginRoot": "plugin/", "compileType": "plugin"}"#
                .to_owned(),
        ),
        ("server-domains.json", LISTS.to_owned()),
        (
            "mini/app.json",
            r#"{"pages": ["p/p"], "plugins": {"own": {"version": "dev", "provider": "wx1111111111111111"}}}"#
                .to_owned(),
        ),
        ("mini/app.js", "App({})".to_owned()),
        ("mini/p/p.js", format!("Page({{\n  onLoad(options) {{\n    {page}\n  }}\n}})\n")),
        ("mini/p/p.wxml", template.to_owned()),
        ("plugin/plugin.json", r#"{"main": "index.js"}"#.to_owned()),
        ("plugin/index.js", plugin.to_owned()),
    ];
    let files: Files =
        texts.into_iter().map(|(path, text)| (FilePath::new(path).unwrap(), text)).collect();
    let report = check::analyse(&files, &Cancel::never()).unwrap();
    let mut out = String::new();
    for program in &report.domains {
        for listed in &program.lists {
            for host in &listed.hosts {
                let _ = write!(out, "{} {} {}", listed.list.field, host.origin, host.state.name());
                if let Some(note) = &host.note {
                    let _ = write!(out, ": {}", note.en);
                }
                out.push('\n');
            }
        }
        for open in &program.open {
            let _ = writeln!(out, "{} open: {}", open.list.field, open.caller.name);
        }
    }
    out
}

#[track_caller]
fn all(cases: &[(&str, &str)], said: impl Fn(&str) -> String) {
    let mut wrong = String::new();
    for (case, expected) in cases {
        let found = said(case);
        if found.trim_end() != *expected {
            let _ =
                writeln!(wrong, "{case}\n  expected {expected}\n  found    {}", found.trim_end());
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn https_lists_open_one_host_and_one_port() {
    all(
        &[
            (
                "wx.request({ url: 'https://api.example.com/a?b#c' })",
                "requestdomain https://api.example.com registered",
            ),
            (
                "wx.request({ url: 'HTTPS://API.Example.com' })",
                "requestdomain https://api.example.com registered",
            ),
            (
                "wx.request({ url: 'https://api.example.com/s', enableChunked: true }).onChunkReceived(() => {})",
                "requestdomain https://api.example.com registered",
            ),
            (
                "wx.request({ url: 'https://a.api.example.com/a' })",
                "requestdomain https://a.api.example.com unregistered: api.example.com is registered, without its sub-domains",
            ),
            (
                "wx.request({ url: 'https://example.com/a' })",
                "requestdomain https://example.com unregistered",
            ),
            (
                "wx.request({ url: 'https://api.example.com:443/a' })",
                "requestdomain https://api.example.com:443 unregistered: the host is registered without a port: drop the port",
            ),
            (
                "wx.request({ url: 'https://pay.example.com:8443/a' })",
                "requestdomain https://pay.example.com:8443 registered",
            ),
            (
                "wx.request({ url: 'https://pay.example.com/a' })",
                "requestdomain https://pay.example.com unregistered: the host is registered with port 8443",
            ),
            (
                "wx.request({ url: 'http://api.example.com/a' })",
                "requestdomain http://api.example.com refused: only https:// is allowed",
            ),
            (
                "wx.request({ url: 'https://down.example.com/a' })",
                "requestdomain https://down.example.com unregistered: registered for another list: downloadFile 合法域名",
            ),
            (
                "wx.uploadFile({ url: 'https://up.example.com/a', filePath: '', name: 'a' })",
                "uploaddomain https://up.example.com registered",
            ),
            (
                "wx.uploadFile({ url: 'https://api.example.com/a', filePath: '', name: 'a' })",
                "uploaddomain https://api.example.com unregistered: registered for another list: request 合法域名",
            ),
            (
                "wx.downloadFile({ url: 'https://down.example.com/a.pdf' })",
                "downloaddomain https://down.example.com registered",
            ),
            (
                "wx.downloadFile({ url: 'https://down.example.com:443/a.pdf' })",
                "downloaddomain https://down.example.com:443 unregistered: the host is registered without a port: drop the port",
            ),
            (
                "wx.getImageInfo({ src: 'https://down.example.com/a.png' })",
                "downloaddomain https://down.example.com registered",
            ),
            (
                "wx.getImageInfo({ src: 'https://pictures.example.net/a.png' })",
                "downloaddomain https://pictures.example.net unregistered",
            ),
        ],
        |page| said(page, "<view/>", ""),
    );
}

#[test]
fn sockets_open_a_host_whatever_its_port_but_tcp_has_ports_of_its_own() {
    all(
        &[
            (
                "wx.connectSocket({ url: 'wss://ws.example.com' })",
                "wsrequestdomain wss://ws.example.com registered",
            ),
            (
                "wx.connectSocket({ url: 'wss://ws.example.com:9000/a' })",
                "wsrequestdomain wss://ws.example.com registered",
            ),
            (
                "wx.connectSocket({ url: 'wss://a.ws.example.com' })",
                "wsrequestdomain wss://a.ws.example.com unregistered: ws.example.com is registered, without its sub-domains",
            ),
            (
                "wx.connectSocket({ url: 'ws://ws.example.com' })",
                "wsrequestdomain ws://ws.example.com refused: only wss:// is allowed",
            ),
            (
                "wx.createTCPSocket().connect({ address: 'scale.example.com', port: 9100 })",
                "tcpdomain tcp://scale.example.com registered",
            ),
            (
                "wx.createTCPSocket().connect({ address: 'other.example.com', port: 9100 })",
                "tcpdomain tcp://other.example.com unregistered",
            ),
            (
                "wx.createTCPSocket().connect({ address: '192.168.1.4', port: 9100 })",
                "tcpdomain tcp://192.168.1.4 local",
            ),
            (
                "wx.createTCPSocket().connect({ address: '192.168.1.4', port: 3306 })",
                "tcpdomain tcp://192.168.1.4:3306 refused: port 3306 is always refused",
            ),
            (
                "wx.createUDPSocket().send({ address: 'any.example.com', port: 80, message: '' })",
                "udpdomain udp://any.example.com unknown",
            ),
        ],
        |page| said(page, "<view/>", ""),
    );
    // The ends of the ranges that the platform names, and the ports beside them.
    for (ports, refused) in [
        (&[1, 80, 443, 1023, 1099, 1433, 1521, 1719, 1720, 1723, 2049, 2375, 3128][..], true),
        (&[3306, 3389, 3659, 4045, 5060, 5061, 5432, 5984, 6379, 6000, 6566, 7001, 7002], true),
        (&[8000, 8050, 8100, 8443, 8888, 9200, 9300, 10051, 10080, 11211, 27017, 27018], true),
        (&[27019], true),
        (&[1024, 1100, 3307, 7000, 7003, 7999, 8101, 8442, 9100, 9201, 27016, 27020], false),
    ] {
        for port in ports {
            let page = format!(
                "wx.createTCPSocket().connect({{ address: 'scale.example.com', port: {port} }})"
            );
            assert_eq!(said(&page, "<view/>", "").contains("refused"), refused, "{port}");
        }
    }
}

#[test]
fn business_domains_open_what_lies_below_them_and_no_port() {
    all(
        &[
            ("https://h5.example.com/a", "bizdomain https://h5.example.com registered"),
            ("https://a.b.h5.example.com/a", "bizdomain https://a.b.h5.example.com registered"),
            ("https://ah5.example.com/a", "bizdomain https://ah5.example.com unregistered"),
            ("https://example.com/a", "bizdomain https://example.com unregistered"),
            (
                "https://h5.example.com:8080/a",
                "bizdomain https://h5.example.com:8080 unregistered: the host is registered, but no port is allowed",
            ),
            (
                "https://h5.example.com:443/a",
                "bizdomain https://h5.example.com:443 unregistered: the host is registered, but no port is allowed",
            ),
            (
                "http://h5.example.com/a",
                "bizdomain http://h5.example.com refused: only https:// is allowed",
            ),
            // A host in the request list is not open to pages.
            (
                "https://api.example.com/a",
                "bizdomain https://api.example.com unregistered: registered for another list: request 合法域名",
            ),
        ],
        |url| said("", &format!("<web-view src=\"{url}\"/>"), ""),
    );
}

#[test]
fn some_hosts_no_list_can_open_and_some_need_none() {
    all(
        &[
            (
                "wx.request({ url: 'https://api.weixin.qq.com/sns/jscode2session' })",
                "requestdomain https://api.weixin.qq.com refused: must not be called from a mini-program",
            ),
            (
                "wx.request({ url: 'http://localhost:3000/a' })",
                "requestdomain http://localhost:3000 refused: the device itself",
            ),
            (
                "wx.request({ url: 'https://127.0.0.1/a' })",
                "requestdomain https://127.0.0.1 refused: the device itself",
            ),
            (
                "wx.request({ url: 'https://8.8.8.8/a' })",
                "requestdomain https://8.8.8.8 refused: an IP address cannot be registered",
            ),
            (
                "wx.request({ url: 'http://192.168.1.4:8080/a' })",
                "requestdomain http://192.168.1.4:8080 local",
            ),
            (
                "wx.connectSocket({ url: 'ws://10.0.0.4:8080/a' })",
                "wsrequestdomain ws://10.0.0.4 local",
            ),
            (
                "wx.request({ url: wx.getAccountInfoSync().miniProgram.envVersion === 'release' ? 'https://api.example.com/a' : 'https://test.example.com/a' })",
                "requestdomain https://api.example.com registered\nrequestdomain https://test.example.com not-released",
            ),
        ],
        |page| said(page, "<view/>", ""),
    );
}

#[test]
fn what_never_leaves_the_device_or_needs_no_domain_is_not_listed() {
    all(
        &[
            ("wx.getImageInfo({ src: '/images/a.png' })", ""),
            ("wx.getImageInfo({ src: 'wxfile://tmp_a.png' })", ""),
            ("wx.getImageInfo({ src: 'http://tmp/a.png' })", ""),
            ("wx.getImageInfo({ src: 'http://usr/a.png' })", ""),
            ("wx.getImageInfo({ src: 'http://store/a.png' })", ""),
            ("wx.getImageInfo({ src: 'cloud://env.id/a.png' })", ""),
            ("wx.getImageInfo({ src: 'data:image/png;base64,AAAA' })", ""),
            ("wx.cloud.callFunction({ name: 'https://fn.example.com' })", ""),
            ("wx.cloud.uploadFile({ cloudPath: 'https://a.example.net', filePath: '' })", ""),
            ("wx.cloud.downloadFile({ fileID: 'https://a.example.net' })", ""),
            ("wx.cloud.callContainer({ path: 'https://a.example.net/a' })", ""),
            ("wx.cloud.connectContainer({ path: 'wss://a.example.net/a' })", ""),
            ("wx.openDocument({ filePath: 'https://a.example.net/a.pdf' })", ""),
            ("wx.saveImageToPhotosAlbum({ filePath: 'https://a.example.net/a.png' })", ""),
            ("wx.createVideoContext('https://a.example.net/a.mp4').play()", ""),
            ("wx.navigateToMiniProgram({ appId: '', path: 'https://a.example.net' })", ""),
            ("wx.previewImage({ urls: ['https://a.example.net/a.png'] })", ""),
            ("wx.loadFontFace({ family: 'a', source: 'url(\"https://a.example.net/a\")' })", ""),
            (
                "fetch('https://a.example.net'); new XMLHttpRequest().open('GET', 'https://b.example.net')",
                "",
            ),
        ],
        |page| said(page, "<view/>", ""),
    );
    // Pictures, sound and film in templates are told apart from the lists.
    let media =
        "<image src=\"https://a.example.net/a.png\"/><video src=\"http://b.example.net/b\"/>";
    assert_eq!(said("", media, ""), "");
}

#[test]
fn a_plugin_is_held_to_its_own_list() {
    all(
        &[
            (
                "wx.request({ url: 'https://plugin.example.com/a' })",
                "requestdomain https://plugin.example.com registered",
            ),
            (
                "wx.request({ url: 'https://api.example.com/a' })",
                "requestdomain https://api.example.com unregistered",
            ),
            // What the list file does not say of the plugin is not known.
            (
                "wx.downloadFile({ url: 'https://down.example.com/a' })",
                "downloaddomain https://down.example.com unknown",
            ),
            (
                "const get = (path) => wx.request({ url: 'https://api.example.com' + path }); get('/a')",
                "requestdomain https://api.example.com unregistered",
            ),
        ],
        |plugin| said("", "<view/>", plugin),
    );
    assert_eq!(
        said("wx.request({ url: 'https://plugin.example.com/a' })", "<view/>", ""),
        "requestdomain https://plugin.example.com unregistered\n"
    );
}
