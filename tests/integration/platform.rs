//! What the platform will ask to be declared, and the guide that a program needs, as the command
//! line prints them. `fixtures/<program>/platform.txt` is what `inventory --platform` prints for
//! it.

use std::fs;

use crate::support::{expect_file, root, run, scratch};

#[test]
fn the_platforms_own_list_is_predicted() {
    for name in ["built-bundles", "privacy-guide", "clean-shop"] {
        let fixture = format!("fixtures/{name}");
        let mut seen = String::new();
        for language in ["en", "zh"] {
            let (report, code) =
                run(root(), &["inventory", &fixture, "--platform", "--lang", language]);
            assert_eq!(code, 0, "{name}");
            seen += &report;
            seen.push('\n');
        }
        expect_file(&root().join(fixture).join("platform.txt"), &seen);
    }
}

#[test]
fn the_prediction_for_programs_keeps_its_fields() {
    let (text, _) =
        run(root(), &["inventory", "fixtures/privacy-guide", "--platform", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(document["schema"], "miniguard/platform/1");
    let kinds = document["programs"][0]["information"].as_array().unwrap();
    let of = |key: &str| kinds.iter().find(|kind| kind["key"] == key).unwrap();
    assert_eq!(of("PhoneNumber")["detected"], false);
    assert_eq!(of("Location")["declared"], true);
    let album = &of("Album")["sources"][0];
    assert_eq!(album["package"], "@petals/kit");
    assert_eq!(album["how"], "unloaded");
    assert_eq!(album["advice"], "drop-component");
    assert_eq!(album["line"], 4);
}

#[test]
fn markdown_has_a_table_for_each_group() {
    let (text, _) =
        run(root(), &["inventory", "fixtures/privacy-guide", "--platform", "--format", "markdown"]);
    assert!(text.contains("| Information | In the guide | Interface | How |"), "{text}");
}

#[test]
fn a_guide_is_written_once_and_then_only_added_to() {
    let scratch = scratch("clean-shop");
    let folder = scratch.path();
    let (_, code) = run(folder, &["privacy-guide", "--diff", "--lang", "en"]);
    assert_eq!(code, 2, "there is nothing to compare with");
    let (printed, _) = run(folder, &["privacy-guide"]);
    let (said, code) = run(folder, &["privacy-guide", "--write", "--lang", "en"]);
    assert!(code == 0 && said.starts_with("Wrote privacy-guide.json."), "{said}");
    let file = folder.join("privacy-guide.json");
    assert_eq!(fs::read_to_string(&file).unwrap(), printed);

    // Blank purposes declare nothing; stated ones do.
    let (difference, code) = run(folder, &["privacy-guide", "--diff", "--lang", "en"]);
    assert!(code == 1 && difference.starts_with("+ "), "{difference}");
    let stated = printed.replace("\"privacy_text\": \"\"", "\"privacy_text\": \"用于展示\"");
    fs::write(&file, &stated).unwrap();
    let (difference, code) = run(folder, &["privacy-guide", "--diff", "--lang", "en"]);
    assert_eq!((difference.as_str(), code), ("The guide and the program agree.\n", 0));
    let (said, _) = run(folder, &["privacy-guide", "--write", "--lang", "en"]);
    assert!(said.starts_with("Kept privacy-guide.json"), "{said}");
    assert_eq!(fs::read_to_string(&file).unwrap(), stated);
}

#[test]
fn what_a_fix_adds_and_removes_leaves_the_rest_as_it_was() {
    let scratch = scratch("privacy-guide");
    let folder = scratch.path();
    let before = fs::read_to_string(folder.join("privacy-guide.json")).unwrap();
    run(folder, &["check", ".", "--fix-unsafe", "--fail-on", "never"]);
    let after = fs::read_to_string(folder.join("privacy-guide.json")).unwrap();
    for line in before.lines().filter(|line| line.contains("Location") || line.contains("sdk")) {
        assert!(after.contains(line), "{line}\n{after}");
    }
    assert!(!after.contains("Camera") && after.contains("\"Address\""), "{after}");
    let (report, _) = run(folder, &["check", ".", "--lang", "en", "--fail-on", "never"]);
    assert!(!report.contains("which privacy-guide.json does not declare"), "{report}");
}

#[test]
fn several_programs_are_asked_about_one_at_a_time() {
    let (said, code) = run(root(), &["privacy-guide", "fixtures/built-bundles", "--lang", "zh"]);
    assert!(code == 2 && said.contains("恰好有一个小程序"), "{said}");
}
