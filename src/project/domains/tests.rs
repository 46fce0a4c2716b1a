//! Answers of the platform, and the lists they give.

use super::{DomainList, DomainProblemKind as Kind, Owner, RegisteredDomains};
use crate::project::tests::{at, files};

fn read(text: &str, owner: Owner<'_>) -> RegisteredDomains {
    let files = files(&[("server-domains.json", text)]);
    let path = at("server-domains.json");
    let json = files.manifest(&path).unwrap().root.as_ref().unwrap();
    RegisteredDomains::read(&path, json, owner)
}

fn program(text: &str) -> RegisteredDomains {
    read(text, Owner::Program(Some("wx1")))
}

/// The entries of a list, or `unknown`.
fn shown(domains: &RegisteredDomains, list: DomainList) -> String {
    let Some(entries) = domains.list(list) else { return "unknown".to_owned() };
    let shown = entries.iter().map(|entry| {
        let scheme = entry.scheme.as_ref().map(|scheme| format!("{scheme}://")).unwrap_or_default();
        let port = entry.port.map(|port| format!(":{port}")).unwrap_or_default();
        format!("{scheme}{}{port}", entry.host)
    });
    shown.collect::<Vec<_>>().join(" ")
}

#[test]
fn an_answer_is_read_verbatim() {
    let domains = program(
        r#"{
            "errcode": 0, "errmsg": "ok",
            "requestdomain": ["https://API.example.com", "https://api.example.com:8443", "https://a.example.com:443/", "b.example.com"],
            "wsrequestdomain": ["wss://例子.中国"], "uploaddomain": [], "udpdomain": ["udp://u.example.com"],
            "bizdomain": ["https://h5.example.com/"], "invalid_requestdomain": ["https://*.example.com"]
        }"#,
    );
    assert_eq!(
        shown(&domains, DomainList::Request),
        "https://api.example.com https://api.example.com:8443 https://a.example.com:443 b.example.com"
    );
    assert_eq!(shown(&domains, DomainList::Socket), "wss://xn--fsqu00a.xn--fiqs8s");
    assert_eq!(shown(&domains, DomainList::Upload), "", "empty: nothing is registered");
    assert_eq!(shown(&domains, DomainList::Download), "unknown");
    assert_eq!(shown(&domains, DomainList::Tcp), "unknown");
    assert_eq!(shown(&domains, DomainList::Udp), "udp://u.example.com");
    assert_eq!(shown(&domains, DomainList::WebView), "https://h5.example.com");
    assert_eq!(domains.problems, []);
}

#[test]
fn the_effective_list_goes_before_the_flat_one() {
    let domains = program(
        r#"{
            "mp_domain": {"requestdomain": ["https://mp.example.com"]},
            "effective_domain": {"requestdomain": ["https://e.example.com"]},
            "requestdomain": ["https://flat.example.com"], "uploaddomain": ["https://up.example.com"],
            "effective_webviewdomain": ["https://w.example.com"], "webviewdomain": ["https://flat.example.com"]
        }"#,
    );
    assert_eq!(shown(&domains, DomainList::Request), "https://e.example.com");
    assert_eq!(shown(&domains, DomainList::Upload), "https://up.example.com");
    assert_eq!(shown(&domains, DomainList::WebView), "https://w.example.com");
    assert_eq!(domains.target(DomainList::Request).path, ["effective_domain", "requestdomain"]);
    assert_eq!(domains.target(DomainList::Download).path, ["effective_domain", "downloaddomain"]);
}

#[test]
fn joined_hosts_are_taken_apart() {
    let text = r#"{"wxa_server_domain": "a.example.com; b.example.com;", "wxa_jump_h5_domain": "h.example.com"}"#;
    let domains = program(text);
    for list in [DomainList::Request, DomainList::Socket, DomainList::Upload, DomainList::Download]
    {
        assert_eq!(shown(&domains, list), "a.example.com b.example.com");
    }
    assert_eq!(shown(&domains, DomainList::Tcp), "unknown");
    assert_eq!(shown(&domains, DomainList::WebView), "h.example.com");
    let second = &domains.list(DomainList::Request).unwrap()[1];
    assert_eq!(second.place.span.of(text), "b.example.com");
    assert!(domains.target(DomainList::Request).joined);
}

#[test]
fn a_plugin_and_a_second_program_have_lists_of_their_own() {
    let text = r#"{
        "requestdomain": ["https://top.example.com"], "uploaddomain": ["https://up.example.com"],
        "plugins": {"wx9": {"requestdomain": ["https://plugin.example.com"]}},
        "programs": {"wx1": {"effective_domain": {"requestdomain": ["https://one.example.com"]}}}
    }"#;
    let one = program(text);
    assert_eq!(shown(&one, DomainList::Request), "https://one.example.com");
    assert_eq!(shown(&one, DomainList::Upload), "https://up.example.com");
    assert_eq!(
        one.target(DomainList::Socket).path,
        ["programs", "wx1", "effective_domain", "wsrequestdomain"]
    );
    let two = read(text, Owner::Program(Some("wx2")));
    assert_eq!(shown(&two, DomainList::Request), "https://top.example.com");
    assert_eq!(two.target(DomainList::Socket).path, ["wsrequestdomain"]);
    let plugin = read(text, Owner::Plugin(Some("wx9")));
    assert_eq!(shown(&plugin, DomainList::Request), "https://plugin.example.com");
    assert_eq!(
        shown(&plugin, DomainList::Upload),
        "unknown",
        "the host's list is not the plugin's"
    );
    let place = plugin.target(DomainList::Request).place.unwrap();
    assert_eq!(place.span.of(text), r#"["https://plugin.example.com"]"#);
    assert!(read(text, Owner::Plugin(None)).is_unknown());
}

#[test]
fn a_failure_is_no_list() {
    let text = r#"{"errcode": 40001, "errmsg": "invalid credential", "requestdomain": []}"#;
    let domains = program(text);
    assert!(domains.is_unknown());
    let [(span, Kind::Failure)] = domains.problems[..] else { panic!("{:?}", domains.problems) };
    assert_eq!(span.of(text), "40001");
}

#[test]
fn entries_that_cannot_be_right_are_named() {
    for (list, entry, problem, kept) in [
        ("requestdomain", r#""https://1.2.3.4""#, Kind::IpAddress, ""),
        ("requestdomain", r#""https://[::1]:8080""#, Kind::IpAddress, ""),
        ("requestdomain", r#""https://localhost""#, Kind::Localhost, ""),
        ("requestdomain", r#""https://*.example.com""#, Kind::Wildcard, ""),
        ("requestdomain", r#""https://api.weixin.qq.com""#, Kind::ForbiddenHost, ""),
        (
            "requestdomain",
            r#""http://a.example.com""#,
            Kind::InsecureScheme,
            "http://a.example.com",
        ),
        ("requestdomain", r#""wss://a.example.com""#, Kind::OtherScheme, "wss://a.example.com"),
        ("requestdomain", r#""https://a.example.com/v1""#, Kind::Path, "https://a.example.com"),
        ("requestdomain", r#""https://a.example.com?x""#, Kind::Path, "https://a.example.com"),
        ("requestdomain", r#""https://a b""#, Kind::Malformed, ""),
        ("requestdomain", r#""https://a.example.com:port""#, Kind::Malformed, ""),
        ("requestdomain", r#""https://u@a.example.com""#, Kind::Malformed, ""),
        ("requestdomain", r#""""#, Kind::Malformed, ""),
        ("requestdomain", "7", Kind::NotAText, ""),
        ("bizdomain", r#""https://a.example.com:8443""#, Kind::Port, "https://a.example.com:8443"),
    ] {
        let text = format!(r#"{{"{list}": [{entry}]}}"#);
        let domains = program(&text);
        let found: Vec<_> =
            domains.problems.iter().map(|(span, kind)| (span.of(&text), *kind)).collect();
        assert_eq!(found, [(entry, problem)]);
        assert_eq!(shown(&domains, DomainList::of_key(list).unwrap()), kept, "{entry}");
    }
}

#[test]
fn the_file_itself_may_be_wrong() {
    let kinds = |text: &str| -> Vec<Kind> {
        program(text).problems.iter().map(|(_, kind)| *kind).collect()
    };
    assert_eq!(kinds("[]"), [Kind::NotAnObject]);
    assert_eq!(kinds(r#"{"appid": "wx2"}"#), [Kind::OtherAppid]);
    assert_eq!(kinds(r#"{"requestdomain": {}}"#), [Kind::NotAList]);
    assert_eq!(
        kinds(
            r#"{"programs": {"wx5": {"requestdomain": ["*"]}}, "plugins": {"wx6": {"errcode": 1}}}"#
        ),
        [Kind::Wildcard, Kind::Failure]
    );
}

#[test]
fn a_file_without_lists_takes_a_new_one_at_the_top() {
    let domains = program(r#"{"appid": "wx1", "fetched_at": "2026-01-31T00:00:00Z"}"#);
    assert!(domains.is_unknown());
    assert_eq!(domains.target(DomainList::WebView).path, ["bizdomain"]);
    assert_eq!(domains.fetched_at.unwrap().0.as_ref(), "2026-01-31T00:00:00Z");
    let plugin = read("{}", Owner::Plugin(Some("wx9")));
    assert_eq!(plugin.target(DomainList::Request).path, ["plugins", "wx9", "requestdomain"]);
}
