//! Shapes of code that two rules about accounts and consent read: an answer to the privacy event
//! without an event, and interfaces that a verified account alone may use.

use crate::support::{files, report};

/// The lines of `app.js` where an answer has no event.
fn without_event(handler: &str) -> usize {
    let app = format!("wx.onNeedPrivacyAuthorization({handler})\nApp({{}})\n");
    let files = files(&[
        ("app.json", "{ \"pages\": [\"p/p\"] }"),
        ("app.js", &app),
        ("p/p.js", "Page({})"),
        ("p/p.wxml", "<view/>"),
    ]);
    let findings = report(&files).findings;
    findings
        .iter()
        .filter(|one| one.rule == "privacy-handler-never-resolves" && one.subject == "event")
        .count()
}

#[test]
fn an_answer_without_an_event_is_told() {
    for (handler, count) in [
        ("resolve => resolve()", 1),
        ("resolve => { resolve({}) }", 1),
        ("function (done) { done({ buttonId: 'agree' }) }", 1),
        ("(resolve, info) => { setTimeout(() => resolve({ buttonId: 'a' }), 9) }", 1),
        ("resolve => resolve(ok ? { buttonId: 'a' } : {})", 2),
        ("resolve => resolve(ok ? { buttonId: 'a' } : { event: 'disagree' })", 1),
        ("resolve => resolve({ event: 'agree', buttonId: 'a' })", 0),
        ("resolve => resolve({ ...answer })", 0),
        ("resolve => resolve({ [key]: 'agree' })", 0),
        ("resolve => resolve(answer)", 0),
        ("resolve => resolve(...answers)", 0),
        ("resolve => { other({ buttonId: 'a' }); resolve({ event: 'disagree' }) }", 0),
    ] {
        assert_eq!(without_event(handler), count, "{handler}");
    }
}

#[test]
fn an_account_that_is_not_verified_is_told_what_is_closed_to_it() {
    let phone = "<button open-type=\"getPhoneNumber\" bindgetphonenumber=\"go\"/>";
    let live = "<button open-type=\"getRealtimePhoneNumber\" bindgetrealtimephonenumber=\"go\"/>";
    let contact = "<button open-type=\"contact\"/>";
    for (template, entity, count) in [
        (phone, "{ \"kind\": \"company\", \"verified\": false }", 1),
        (phone, "{ \"kind\": \"government\", \"verified\": false }", 1),
        (live, "{ \"kind\": \"company\", \"verified\": false }", 1),
        (&*format!("{phone}{phone}{live}"), "{ \"kind\": \"company\", \"verified\": false }", 2),
        (phone, "{ \"kind\": \"company\", \"verified\": true }", 0),
        (phone, "{ \"kind\": \"company\" }", 0),
        (contact, "{ \"kind\": \"company\", \"verified\": false }", 0),
    ] {
        let files = files(&[
            ("app.json", "{ \"pages\": [\"p/p\"] }"),
            ("app.js", "App({})"),
            ("miniguard.json", &format!("{{ \"entity\": {entity} }}")),
            ("p/p.js", "Page({ go() {} })"),
            ("p/p.wxml", template),
        ]);
        let findings = report(&files).findings;
        let closed = findings.iter().filter(|one| one.rule == "licence-not-open-to-entity");
        assert_eq!(closed.count(), count, "{template} {entity}");
    }
}
