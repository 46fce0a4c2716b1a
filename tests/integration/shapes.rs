//! The shapes that real programs give their requests and uses, the hard ones: one page of
//! `fixtures/request-shapes` each. The table says what a careful reader of the page answers, not
//! what the program happens to find.

use std::fmt::Write as _;

use miniguard::check;
use miniguard::check::Cancel;
use miniguard::check::inventory::{Network, Resolution};
use miniguard::finding::Place;
use miniguard::text::{Text, Units};
use miniguard::workspace::Workspace;

use crate::support::root;

/// What is found: `file:line`, the interface or the callee of a wrapper, and for the network
/// `[origins resolution]`. Sorted.
const ANSWERS: &[(&str, &[&str])] = &[
    (
        "a wrapper whose parameter is the whole address, with many callers",
        &["pages/s01/s01.js:6 get [https://api.shapes.example.com resolved]"],
    ),
    (
        "a member that the configuration does not export: no host is made up",
        &["pages/s02/s02.js:5 wx.request [dynamic]"],
    ),
    (
        "a specifier without a path, beside the file; a host made of parts",
        &["pages/s03/s03.js:5 wx.request [https://posts.shapes.example.com resolved]"],
    ),
    (
        "a promised interface in a local that is named as the function around it",
        &[
            "pages/s04/s04.js:5 getRequest [https://promised.shapes.example.com resolved]",
            "utils/promised.js:12 wx.request [https://promised.shapes.example.com resolved]",
            "utils/promised.js:14 getRequest [https://promised.shapes.example.com resolved]",
        ],
    ),
    (
        "an address from a builder in another module, with more arguments than it takes",
        &["pages/s05/s05.js:5 wx.request [https://posts.shapes.example.com resolved]"],
    ),
    (
        "a base that does not exist; only absolute addresses reach the request",
        &[
            "pages/s06/s06.js:8 client.send [https://absolute.shapes.example.com resolved]",
            "utils/client.js:8 wx.request [https://absolute.shapes.example.com resolved]",
        ],
    ),
    (
        "options merged with others, changed, then handed on",
        &[
            "pages/s07/s07.js:5 client.request [https://merged.shapes.example.com resolved]",
            "utils/merged.js:10 wx.request [https://merged.shapes.example.com resolved]",
        ],
    ),
    (
        "constants of a module as heads of templates, one function a line",
        &[
            "utils/http.js:3 wx.request [https://api.shapes.example.com https://blog.shapes.example.com resolved]",
            "utils/lines.js:7 get [https://blog.shapes.example.com resolved]",
            "utils/lines.js:8 get [https://blog.shapes.example.com resolved]",
        ],
    ),
    (
        "a constant inside a bundle of a package, which the program may set: more than is known",
        &[
            "miniprogram_npm/shop-kit/index.js:22 wx.request [https://kit.shapes.example.net partial]",
        ],
    ),
    ("a name that is defined nowhere", &["pages/s10/s10.js:3 wx.request [dynamic]"]),
    (
        "the host in a literal, the page's data and the storage behind it",
        &["pages/s11/s11.js:6 wx.connectSocket [wss://rooms.shapes.example.com resolved]"],
    ),
    (
        "consent asked in a callback that the use does not wait for",
        &["pages/s12/s12.js:9 wx.chooseLocation"],
    ),
    (
        "an open-type on a component that hands it on",
        &[
            "components/ui-button/ui-button.wxml:1 open-type=getPhoneNumber",
            "pages/s13/s13.wxml:1 open-type=getPhoneNumber",
        ],
    ),
    (
        "an object hung on wx, made from the options of a constructor",
        &["pages/s14/s14.js:4 wx.uploadFile [https://im.shapes.example.com resolved]"],
    ),
    (
        "the host in the head of a template",
        &["pages/s15/s15.js:5 wx.request [https://sms.shapes.example.com resolved]"],
    ),
    (
        "a typed builder around a constant",
        &["pages/s16/s16.ts:5 wx.request [https://lamps.shapes.example.com resolved]"],
    ),
    ("the same button in a comment and alive", &["pages/s17/s17.wxml:5 open-type=chooseAvatar"]),
    (
        "an object of the platform, started far from where it was had",
        &["utils/recorder.js:2 wx.getRecorderManager", "utils/recorder.js:9 RecorderManager.start"],
    ),
    ("the consent interface in a module, behind a feature test: no use", &[]),
    ("a function named as an open-type: no use", &[]),
    (
        "an interface wrapped twice, by functions of its own name",
        &["utils/ble.js:3 wx.openBluetoothAdapter"],
    ),
    (
        "consent before going to the page that has the use",
        &["pages/s22/address.js:3 wx.chooseAddress"],
    ),
    (
        "an attribute twice on one button: the compiler takes the last",
        &["pages/s23/s23.wxml:1 open-type=getUserInfo"],
    ),
    ("a computed interface over a list of names that ask for nothing", &[]),
    (
        "a field set from what the constructor was given in another file",
        &[
            "pages/s25/s25.js:7 player.load [https://meshes.shapes.example.com resolved]",
            "utils/player.js:8 wx.request [https://meshes.shapes.example.com resolved]",
        ],
    ),
    ("a computed interface whose name only running tells: no use", &[]),
    ("a payment in a comment: no use", &[]),
];

#[test]
fn hard_shapes_are_read_as_a_careful_reader_reads_them() {
    assert_eq!(ANSWERS.len(), 27);
    let workspace = Workspace::open(&root().join("fixtures/request-shapes"));
    let files = workspace.files();
    let inventory = check::analyse(files, &Cancel::never()).unwrap().inventory;
    let said = |place: &Place, name: &str, network: Option<&Network>| {
        let text = Text::new(&files.get(&place.file).unwrap().source);
        let line = text.position(place.span.start(), Units::Utf16).line + 1;
        let mut said = format!("{}:{line} {name}", place.file);
        if let Some(network) = network {
            let resolution = match network.resolution {
                Resolution::Resolved => "resolved",
                Resolution::Partial => "partial",
                Resolution::Dynamic => "dynamic",
            };
            let mut words = network.hosts.clone();
            words.push(resolution.to_owned());
            let _ = write!(said, " [{}]", words.join(" "));
        }
        said
    };
    let uses = inventory.uses.iter().map(|one| said(&one.place, one.api, one.network.as_ref()));
    let calls =
        inventory.wrappers.iter().map(|one| said(&one.place, &one.callee, Some(&one.network)));
    let mut found: Vec<String> = uses.chain(calls).collect();
    found.sort();
    let mut expected: Vec<&str> =
        ANSWERS.iter().flat_map(|(_, answers)| answers.iter().copied()).collect();
    expected.sort_unstable();
    assert_eq!(found, expected);
    for (shape, answers) in ANSWERS {
        assert!(answers.is_sorted(), "{shape}");
    }
}
