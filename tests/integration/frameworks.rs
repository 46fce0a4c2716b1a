//! Programs that are written in a framework: what a fix does to the files that the team keeps.
//! `fixed.txt` of such a fixture is the file that declares, after all safe fixes.

use std::fs;

use crate::support::{expect_file, root, run, scratch};

/// Each fixture, and the file in which its team declares.
const PROGRAMS: [(&str, &str); 2] =
    [("uni-app-vue2", "manifest.json"), ("uni-app-vue3", "src/manifest.json")];

#[test]
fn declarations_are_fixed_where_the_team_writes_them() {
    for (fixture, manifest) in PROGRAMS {
        let scratch = scratch(fixture);
        run(scratch.path(), &["check", "--fix", "."]);
        let fixed = fs::read_to_string(scratch.path().join(manifest)).unwrap();
        expect_file(&root().join("fixtures").join(fixture).join("fixed.txt"), &fixed);
        run(scratch.path(), &["check", "--fix", "."]);
        let again = fs::read_to_string(scratch.path().join(manifest)).unwrap();
        assert_eq!(again, fixed, "{fixture}: a second run finds nothing left to apply");
    }
}
