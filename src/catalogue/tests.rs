//! Invariants of the tables as a whole: form, order, sources, languages, cross references,
//! completeness.

use super::*;

/// Every table with the number of rows that parsed into its type.
fn tables() -> [(&'static str, &'static str, usize); 24] {
    [
        ("categories.json", include_str!("categories.json"), categories().len()),
        ("app_fields.json", include_str!("app_fields.json"), app_fields().len()),
        ("classes.json", include_str!("classes.json"), factories().len()),
        ("crossborder.json", include_str!("crossborder.json"), export_paths().len()),
        ("dialects.json", include_str!("dialects.json"), dialects().len()),
        ("duties.json", include_str!("duties.json"), duties().len()),
        ("fields.json", include_str!("fields.json"), field_kinds().len()),
        ("forbidden_hosts.json", include_str!("forbidden_hosts.json"), forbidden_hosts().len()),
        ("gates.json", include_str!("gates.json"), gates().len()),
        ("hooks.json", include_str!("hooks.json"), hooks().len()),
        ("host_regions.json", include_str!("host_regions.json"), host_regions().len()),
        ("information.json", include_str!("information.json"), information_kinds().len()),
        ("interfaces.json", include_str!("interfaces.json"), interfaces().len()),
        ("licences.json", include_str!("licences.json"), licences().len()),
        ("lists.json", include_str!("lists.json"), domain_lists().len()),
        ("controls.json", include_str!("controls.json"), controls().len()),
        ("media.json", include_str!("media.json"), media().len()),
        ("members.json", include_str!("members.json"), members().len()),
        ("packages.json", include_str!("packages.json"), packages().len()),
        ("pre_approvals.json", include_str!("pre_approvals.json"), pre_approvals().len()),
        ("scopes.json", include_str!("scopes.json"), scopes().len()),
        ("tcp_ports.json", include_str!("tcp_ports.json"), refused_tcp_ports().len()),
        ("topics.json", include_str!("topics.json"), topics().len()),
        ("wordings.json", include_str!("wordings.json"), wordings().len()),
    ]
}

/// Documents that are not at an address of their own.
const DOCUMENTS: [&str; 7] = [
    "API surface: fact base",
    "Cross-border hosts: fact base",
    "Cross-border rules: fact base",
    "Licence and filing table: fact base",
    "Personal information law and rules",
    "Personal-information lexicon for the WXML form rule",
    "miniprogram-api-typings 5.2.3",
];

fn is_chinese(text: &str) -> bool {
    text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c))
}

/// Calls `visit` with every value below `value` that stands under a key, and that key.
fn walk(value: &serde_json::Value, visit: &mut impl FnMut(&str, &serde_json::Value)) {
    match value {
        serde_json::Value::Object(fields) => {
            for (key, field) in fields {
                visit(key, field);
                walk(field, visit);
            }
        }
        serde_json::Value::Array(items) => items.iter().for_each(|item| walk(item, visit)),
        _ => {}
    }
}

#[test]
fn every_table_is_one_row_a_line_and_parses_whole() {
    for (name, text, rows) in tables() {
        let lines: Vec<_> = text.lines().collect();
        assert!(text.ends_with("\n]\n") && lines[0] == "[", "{name}");
        let body = &lines[1..lines.len() - 1];
        assert_eq!(body.len(), rows, "{name}: rows that parse into the type");
        for (at, line) in body.iter().enumerate() {
            assert!(line.starts_with('{'), "{name}: {line}");
            assert_eq!(line.ends_with("},"), at + 1 < body.len(), "{name}: {line}");
        }
        assert!(!text.contains('\\'), "{name}: an escape cannot be borrowed");
    }
}

#[test]
fn every_table_is_sorted_and_unique() {
    fn check<T, K: Ord + std::fmt::Debug>(rows: &'static [T], key: impl Fn(&'static T) -> K) {
        for pair in rows.windows(2) {
            assert!(
                key(&pair[0]) < key(&pair[1]),
                "{:?} before {:?}",
                key(&pair[0]),
                key(&pair[1])
            );
        }
    }
    check(app_fields(), |row| row.field);
    check(factories(), |row| row.factory);
    check(duties(), |row| row.id);
    check(field_kinds(), |row| row.id);
    check(wordings(), |row| row.id);
    check(forbidden_hosts(), |row| row.host);
    check(categories(), |row| (row.entity, row.category, row.subcategory));
    check(licences(), |row| row.id);
    check(host_regions(), |row| (row.suffix, &row.tokens));
    check(pre_approvals(), |row| row.id);
    check(topics(), |row| row.licence);
    check(gates(), |row| (row.interface, row.region, row.category));
    check(information_kinds(), |row| row.key);
    check(interfaces(), |row| row.name);
    check(domain_lists(), |row| row.field);
    check(controls(), |row| row.name);
    check(media(), |row| (row.tag, row.attribute));
    check(members(), |row| row.name);
    check(packages(), |row| row.folder);
    check(scopes(), |row| row.scope);
    check(refused_tcp_ports(), |row| (row.first, row.last));
    assert!(refused_tcp_ports().iter().all(|row| row.first <= row.last));
    assert!(refused_tcp_ports().windows(2).all(|pair| pair[0].last < pair[1].first));
    assert!(packages().iter().all(|row| !row.folder.bytes().any(|b| b.is_ascii_uppercase())));
}

#[test]
fn every_row_has_a_source() {
    for (name, text, _) in tables() {
        let rows: Vec<serde_json::Value> = serde_json::from_str(text).unwrap();
        for row in rows {
            let source = row["source"].as_array().unwrap_or_else(|| panic!("{name}: {row}"));
            assert!(!source.is_empty(), "{name}: {row}");
            for one in source.iter().map(|one| one.as_str().unwrap_or_default()) {
                let address = one.starts_with("https://") && !one.contains(' ');
                assert!(address || DOCUMENTS.contains(&one), "{name}: {one}");
            }
        }
    }
}

#[test]
fn every_phrase_is_in_both_languages() {
    for (name, text, _) in tables() {
        let table: serde_json::Value = serde_json::from_str(text).unwrap();
        walk(&table, &mut |key, value| match (key, value.as_str()) {
            ("en", Some(text)) => assert!(!text.is_empty() && !is_chinese(text), "{name}: {text}"),
            // A technical noun such as "WeChat Pay" still has a Chinese form.
            ("zh", Some(text)) => assert!(is_chinese(text), "{name}: {text}"),
            _ => {}
        });
    }
}

#[test]
fn sentences_end_and_noun_phrases_do_not() {
    for row in interfaces() {
        for note in
            [row.note, row.sensitivity_note, row.withdrawn.as_ref().and_then(|end| end.note)]
        {
            let ends = note.is_none_or(|note| note.en.ends_with('.') && note.zh.ends_with('。'));
            assert!(ends, "{}", row.name);
        }
        assert!(!row.label.en.ends_with('.') && !row.label.zh.ends_with('。'), "{}", row.name);
    }
    for duty in duties() {
        assert!(duty.text.en.ends_with('.') && duty.text.zh.ends_with('。'), "{}", duty.id);
    }
}

#[test]
fn a_name_says_what_the_row_says() {
    for row in interfaces() {
        let (tag, attribute, value) = (
            row.tag.unwrap_or_default(),
            row.attribute.unwrap_or_default(),
            row.value.unwrap_or_default(),
        );
        let expected = match row.form {
            Form::Interface | Form::Method => row.name.to_owned(),
            Form::Component => format!("component {tag}"),
            Form::OpenType => format!("open-type={value}"),
            Form::Attribute if value.is_empty() => format!("{tag} {attribute}"),
            Form::Attribute => format!("{tag} {attribute}={value}"),
            Form::Scope => value.to_owned(),
        };
        assert_eq!(row.name, expected);
        assert_eq!(row.form == Form::Interface, row.name.starts_with("wx."), "{}", row.name);
        assert_eq!(row.form == Form::Scope, row.name.starts_with("scope."), "{}", row.name);
    }
}

#[test]
fn cross_references_resolve() {
    let known = |name: &str| interface(name).is_some() || is_known(name);
    for row in interfaces() {
        assert!(row.information.iter().all(|key| information(key).is_some()), "{}", row.name);
        assert!(row.scopes.iter().all(|name| scope(name).is_some()), "{}", row.name);
        assert!(row.permission.is_none_or(|name| scope(name).is_some()), "{}", row.name);
        assert!(row.joins.is_none_or(|name| interface(name).is_some()), "{}", row.name);
        assert!(row.list.is_none_or(|field| domain_list(field).is_some()), "{}", row.name);
        assert_eq!(row.category_gate, !gates_of(row.name).is_empty(), "{}", row.name);
        assert!(
            !row.category_gate
                || [ConsoleGate::Application, ConsoleGate::CategoryApproval]
                    .map(Some)
                    .contains(&row.console_gate),
            "{}",
            row.name
        );
        if let Some(end) = &row.withdrawn {
            assert!(
                end.replacement.iter().chain(&end.mechanical).all(|name| known(name)),
                "{}",
                row.name
            );
        }
        if row.form == Form::Method {
            let class = row.name.split('.').next().unwrap_or_default();
            assert!(factories().iter().any(|factory| factory.class == class), "{}", row.name);
        }
        assert!(member(row.name).is_none(), "{} has facts and is no plain member", row.name);
    }
    assert!(gates().iter().all(|gate| interface(gate.interface).is_some()));
    assert!(factories().iter().all(|factory| is_known(factory.factory)));
    for duty in duties() {
        assert!(duty.interfaces.iter().all(|name| interface(name).is_some()), "{}", duty.id);
        assert!(
            interfaces().iter().any(|row| duty.applies_to(row)),
            "{} applies to nothing",
            duty.id
        );
    }
}

#[test]
fn scopes_and_interfaces_agree() {
    for row in scopes() {
        let users: Vec<_> = interfaces()
            .iter()
            .filter(|user| user.form != Form::Scope && user.scopes.contains(&row.scope))
            .map(|user| user.name)
            .collect();
        let stated: Vec<_> =
            row.interfaces.iter().filter(|name| interface(name).is_some()).copied().collect();
        assert_eq!(stated, row.interfaces, "{}", row.scope);
        for name in &row.interfaces {
            assert!(users.contains(name), "{} does not name {}", name, row.scope);
        }
        assert!(scope_use(row.scope).is_some(), "{}", row.scope);
        assert_eq!(
            row.permission_desc_required,
            row.permission_verified.is_some(),
            "{}",
            row.scope
        );
    }
}

#[test]
fn what_app_json_must_hold_is_one_of_its_eight_names() {
    const NAMES: [&str; 8] = [
        "getFuzzyLocation",
        "getLocation",
        "onLocationChange",
        "startLocationUpdate",
        "startLocationUpdateBackground",
        "chooseLocation",
        "choosePoi",
        "chooseAddress",
    ];
    for row in interfaces() {
        if let Some(name) = row.required_private_info {
            assert!(NAMES.contains(&name) && row.name == format!("wx.{name}"), "{}", row.name);
        }
    }
    assert!(NAMES.iter().all(|name| private_info(name).is_some()));
}

#[test]
fn tiers_follow_from_the_facts() {
    for row in interfaces() {
        if row.table.is_some() {
            assert_eq!(row.tier, Tier::Listed, "{} is in an official table", row.name);
            assert!(!row.information.is_empty() && row.kind.is_some(), "{}", row.name);
        }
        if row.tier == Tier::Personal {
            assert!(row.table.is_none() && row.sensitivity.is_some(), "{}", row.name);
        }
        if row.tier != Tier::Incidental {
            assert!(row.kind.is_some(), "{} would be in no column of the inventory", row.name);
        }
        assert_eq!(row.payment.is_some(), row.kind == Some(Kind::Payment), "{}", row.name);
        assert!(row.list.is_none() || row.kind == Some(Kind::Network), "{}", row.name);
        assert_eq!(row.list.is_some(), row.url_argument.is_some(), "{}", row.name);
        assert!(row.permission_verified || row.permission.is_some(), "{}", row.name);
        let place = row.information.iter().any(|key| ["Location", "ChooseLocation"].contains(key));
        assert!(!place || row.kind == Some(Kind::Location), "{}", row.name);
    }
}

#[test]
fn the_official_privacy_table_is_covered() {
    // The 67 entries of the fact base, with the pairs and lists that are one row, or several, here.
    let expected = "
        open-type=chooseAvatar|input type=nickname|wx.getUserInfo|wx.getUserProfile|open-type=getUserInfo
        functional-page-navigator name=loginAndGetUserInfo|open-data type=userNickName|open-data type=userAvatarUrl
        open-data type=userGender|open-data type=userCity|open-data type=userProvince|open-data type=userCountry
        open-data type=userLanguage|scope.userLocation|scope.userLocationBackground|scope.userFuzzyLocation
        wx.getLocation|wx.startLocationUpdate|wx.startLocationUpdateBackground|wx.onLocationChange
        wx.getFuzzyLocation|MapContext.moveToLocation|map show-location|wx.choosePoi|wx.chooseLocation
        wx.chooseAddress|wx.chooseInvoiceTitle|wx.chooseInvoice|scope.werun|wx.getWeRunData
        open-type=getPhoneNumber|open-type=getRealtimePhoneNumber|wx.getPhoneNumber|wx.getRealtimePhoneNumber
        wx.chooseLicensePlate|wx.chooseImage|wx.chooseMedia|wx.chooseVideo|wx.chooseMessageFile|scope.record
        wx.startRecord|RecorderManager.start|component live-pusher|wx.joinVoIPChat|wx.join1v1Chat
        wx.setEnable1v1Chat|scope.camera|wx.createVKSession|component camera|component voip-room|scope.bluetooth
        wx.openBluetoothAdapter|wx.createBLEPeripheralServer|scope.writePhotosAlbum|wx.saveImageToPhotosAlbum
        wx.saveVideoToPhotosAlbum|scope.addPhoneContact|wx.addPhoneContact|scope.addPhoneCalendar
        wx.addPhoneRepeatCalendar|wx.addPhoneCalendar|wx.startAccelerometer|wx.startCompass
        wx.startDeviceMotionListening|wx.startGyroscope|wx.setClipboardData|wx.getClipboardData|wx.getWifiList";
    for name in expected.split(['|', '\n']).map(str::trim).filter(|name| !name.is_empty()) {
        assert!(interface(name).is_some(), "{name}");
    }
    assert_eq!(information_kinds().len(), 28);
    assert_eq!(information_kinds().iter().filter(|kind| kind.has_interface).count(), 21);
    for kind in information_kinds().iter().filter(|kind| kind.has_interface) {
        assert!(interfaces().iter().any(|row| row.information.contains(&kind.key)), "{}", kind.key);
    }
    assert_eq!(interface("component live-pusher").map(|row| row.information.len()), Some(2));
}

#[test]
fn every_payment_interface_is_covered() {
    for name in [
        "requestPayment",
        "requestVirtualPayment",
        "requestCommonPayment",
        "requestOrderPayment",
        "requestMerchantTransfer",
        "requestPluginPayment",
        "createGlobalPayment",
        "jumpToOfflinePay",
        "openHKOfflinePayView",
        "requestAppleSubscribeSign",
        "openBusinessView",
        "requestJointPayment",
        "verifyPaymentPassword",
        "openPublicServicePayment",
        "addCard",
        "openCard",
        "showRedPackage",
        "addPaymentPassFinish",
        "addPaymentPassGetCertificateData",
        "rechargeTransitCard",
        "requestMidasPayment",
    ] {
        assert_eq!(
            interface(&format!("wx.{name}")).and_then(|row| row.kind),
            Some(Kind::Payment),
            "{name}"
        );
    }
    assert!(interface("functional-page-navigator name=requestPayment").is_some());
    assert_eq!(
        method("GlobalPayment", "requestGlobalPayment").and_then(|row| row.kind),
        Some(Kind::Payment)
    );
    assert_eq!(interface("wx.chooseInvoice").and_then(|row| row.kind), Some(Kind::UserData));
}

#[test]
fn every_member_of_the_platform_is_known_once() {
    // 499 typed members and 11 others; cloud members are rows of their own.
    let plain = interfaces()
        .iter()
        .filter(|row| row.form == Form::Interface && !row.name.starts_with("wx.cloud."));
    assert_eq!(members().len() + plain.count(), 510);
    for name in
        ["wx.cloud", "wx.navigateTo", "wx.getXrFrameSystem", "wx.miniapp", "wx.modelContext"]
    {
        assert!(member(name).is_some(), "{name}");
    }
}

#[test]
fn what_the_user_must_not_be_bothered_with_stays_out_of_the_inventory() {
    for name in [
        "wx.login",
        "wx.getSystemInfoSync",
        "wx.setStorageSync",
        "wx.scanCode",
        "wx.openLocation",
        "component map",
    ] {
        assert_eq!(interface(name).map(Interface::in_inventory), Some(false), "{name}");
    }
    for name in [
        "wx.getRecorderManager",
        "RecorderManager.start",
        "wx.chooseContact",
        "wx.setClipboardData",
        "wx.request",
    ] {
        assert_eq!(interface(name).map(Interface::in_inventory), Some(true), "{name}");
    }
}

#[test]
fn words_for_forms_are_written_as_they_are_compared() {
    for row in field_kinds() {
        let names = row.names.iter().chain(&row.weak_names).chain(&row.other_names);
        for name in names {
            let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
            assert!(name.bytes().all(plain), "{}: {name}", row.id);
        }
        for label in &row.labels {
            assert!(
                is_chinese(label) || *label == label.to_lowercase(),
                "{}: {label} can never match",
                row.id
            );
        }
        let key = row.information;
        assert!(key.is_none_or(|key| information(key).is_some()), "{}", row.id);
    }
    for row in wordings() {
        assert!(row.en.iter().all(|word| *word == word.to_lowercase()), "{}", row.id);
    }
}
