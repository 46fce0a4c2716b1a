//! Workspaces as lists of files, and what is found in them.

use super::{Files, NoticeKind, Ownership, Project};
use crate::path::FilePath;

/// Files from their paths and texts.
pub(super) fn files(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(path, text)| (at(path), (*text).to_owned())).collect()
}

pub(super) fn at(path: &str) -> FilePath {
    FilePath::new(path).unwrap()
}

/// What a workspace resolves to, a line for each program, notice and problem.
fn summary(texts: &[(&str, &str)]) -> String {
    let files = files(texts);
    let project = Project::resolve(&files);
    for file in files.iter().filter(|file| file.path.extension() != "json") {
        assert!(!file.is_parsed(), "{} was parsed only to find the programs", file.path);
    }
    let mut lines = Vec::new();
    for program in &project.programs {
        let pages: Vec<&str> = program.pages().iter().map(|page| page.stem.as_str()).collect();
        let mut line = format!(
            "{:?} root={:?} base={:?} pages={}",
            program.kind,
            program.root,
            program.base,
            pages.join(",")
        );
        if let Some(script) = &program.app_script {
            line += &format!(" script={script}");
        }
        if let Some(plugin) = &program.plugin {
            line += &format!(" plugin={}", plugin.root);
        }
        if let Some(sources) = &program.sources {
            line += &format!(" written_in={}", sources.name());
            for output in &sources.outputs {
                line += &format!(" outputs={output}");
            }
        }
        if let Some(framework) = program.built_by {
            line += &format!(" built_by={}", framework.name());
        }
        for problem in &program.problems {
            line += &format!(" {:?}@{}", problem.kind, problem.place.file);
        }
        lines.push(line);
    }
    for notice in &project.notices {
        lines.push(match &notice.kind {
            NoticeKind::Sources(_) => format!("notice {:?} Sources", notice.folder),
            kind => format!("notice {:?} {kind:?}", notice.folder),
        });
        let message = notice.message();
        assert!(!message.en.is_empty() && !message.zh.is_empty());
    }
    lines.join("\n")
}

fn check(texts: &[(&str, &str)], expected: &[&str]) {
    assert_eq!(summary(texts), expected.join("\n"));
}

const APP: &str = r#"{"pages": ["pages/a/a"]}"#;

#[test]
fn finds_a_program_by_its_project_file() {
    check(
        &[
            ("project.config.json", r#"{"miniprogramRoot": "./mini/"}"#),
            (
                "mini/app.json",
                r#"{"pages": ["/pages/a/a", 7], "subPackages": [{"root": "sub/", "pages": ["b"]}]}"#,
            ),
            ("mini/app.js", ""),
            ("mini/app.ts", ""),
        ],
        &[r#"MiniProgram root="mini" base="" pages=mini/pages/a/a,mini/sub/b script=mini/app.ts"#],
    );
}

#[test]
fn a_project_file_without_a_root_means_its_own_folder() {
    check(
        &[("x/project.config.json", "{}"), ("x/app.json", APP), ("x/app.js", "")],
        &[r#"MiniProgram root="x" base="x" pages=x/pages/a/a script=x/app.js"#],
    );
}

#[test]
fn a_root_that_is_not_in_the_tree_falls_back() {
    let source = r#"{"miniprogramRoot": "dist/", "srcMiniprogramRoot": "src/"}"#;
    check(
        &[("project.config.json", source), ("src/app.json", APP)],
        &[r#"MiniProgram root="src" base="" pages=src/pages/a/a"#],
    );
    let gone = r#"{"miniprogramRoot": "dist/", "cloudfunctionRoot": "a-cloud"}"#;
    check(
        &[
            ("project.config.json", gone),
            ("a-cloud/app.json", APP),
            ("a-cloud/app.js", ""),
            ("example/app.json", APP),
            ("example/app.js", ""),
        ],
        &[r#"MiniProgram root="example" base="" pages=example/pages/a/a script=example/app.js"#],
    );
    check(
        &[
            ("project.config.json", r#"{"miniprogramRoot": "../out"}"#),
            ("app.json", APP),
            ("app.js", ""),
        ],
        &[r#"MiniProgram root="" base="" pages=pages/a/a script=app.js"#],
    );
}

#[test]
fn an_app_json_alone_needs_pages_and_a_script_beside_it() {
    check(
        &[
            ("a/app.json", APP),
            ("a/app.ts", ""),
            ("a/backup/app.json", APP),
            ("a/backup/app.js", ""),
            ("b/app.json", APP),
            ("c/app.json", "{}"),
            ("c/app.js", ""),
            ("node_modules/d/app.json", APP),
            ("node_modules/d/app.js", ""),
            ("miniprogram_npm/e/project.config.json", "{}"),
        ],
        &[r#"MiniProgram root="a" base="a" pages=a/pages/a/a script=a/app.ts"#],
    );
}

#[test]
fn a_folder_that_a_project_file_owns_has_no_second_program() {
    check(
        &[
            ("project.config.json", r#"{"miniprogramRoot": "mini"}"#),
            ("mini/app.json", APP),
            ("old/app.json", APP),
            ("old/app.js", ""),
        ],
        &[r#"MiniProgram root="mini" base="" pages=mini/pages/a/a"#],
    );
}

#[test]
fn several_programs_each_own_their_files() {
    let texts = [
        ("project.config.json", "{}"),
        ("app.json", APP),
        ("demo/project.config.json", r#"{"miniprogramRoot": "src"}"#),
        ("demo/src/app.json", APP),
    ];
    check(
        &texts,
        &[
            r#"MiniProgram root="" base="" pages=pages/a/a"#,
            r#"MiniProgram root="demo/src" base="demo" pages=demo/src/pages/a/a"#,
        ],
    );
    let project = Project::resolve(&files(&texts));
    let root_of = |path| project.program_of(&at(path)).map(|program| program.root.as_str());
    assert_eq!(root_of("pages/a/a.js"), Some(""));
    assert_eq!(root_of("demo/src/pages/a/a.js"), Some("demo/src"));
    assert_eq!(root_of("demo/build.js"), None, "the inner project's, but not in its program");
}

#[test]
fn broken_manifests_leave_a_program_with_a_problem() {
    let config = ("project.config.json", "{}");
    for broken in ["", "[]", "[\"pages\"]", "7", "\u{feff}"] {
        check(
            &[config, ("app.json", broken)],
            &[r#"MiniProgram root="" base="" pages= AppUnreadable@app.json"#],
        );
    }
    check(
        &[config, ("app.json", "{}")],
        &[r#"MiniProgram root="" base="" pages= NoPages@app.json"#],
    );
    check(
        &[("project.config.json", "["), ("app.json", APP)],
        &[r#"MiniProgram root="" base="" pages=pages/a/a ConfigUnreadable@project.config.json"#],
    );
    check(
        &[config, ("pages/a/a.wxml", "")],
        &[r#"MiniProgram root="" base="" pages= AppMissing@app.json"#],
    );
    check(
        &[("app.json", "[]"), ("app.js", ""), ("pages/a/a.wxml", "")],
        &[r#"MiniProgram root="" base="" pages= script=app.js AppUnreadable@app.json"#],
    );
    check(
        &[config, ("app.json", APP), ("ext.json", "[]")],
        &[r#"MiniProgram root="" base="" pages=pages/a/a ExtUnreadable@ext.json"#],
    );
}

#[test]
fn json_with_comments_trailing_commas_and_a_bom_is_read() {
    check(
        &[
            ("project.config.json", "\u{feff}{\"miniprogramRoot\": \"m\", // here\r\n}"),
            ("m/app.json", "{\"pages\": [/* home */ \"a\",],}"),
        ],
        &[r#"MiniProgram root="m" base="" pages=m/a"#],
    );
}

#[test]
fn what_is_no_program_is_named() {
    check(&[("a.js", ""), ("b.js", "")], &[r#"notice "" NoProgram"#]);
    check(&[("a.json", "")], &[r#"notice "" NoProgram"#]);
    check(&[], &[r#"notice "" NoProgram"#]);
    check(&[("x/project.config.json", "{}")], &[r#"notice "x" NoApp"#]);
    check(
        &[("project.config.json", r#"{"compileType": "game"}"#), ("game.json", "{}")],
        &[r#"notice "" MiniGame"#],
    );
}

#[test]
fn a_lone_file_is_looked_at_by_itself() {
    check(&[("x/a.js", "")], &[r#"MiniProgram root="x" base="x" pages="#]);
}

#[test]
fn frameworks_are_named_and_their_output_is_a_program() {
    let config = ("project.config.json", r#"{"miniprogramRoot": "dist/"}"#);
    let taro = ("package.json", r#"{"dependencies": {"@tarojs/taro": "4"}}"#);
    let source = ("src/app.js", "");
    check(&[config, taro, source], &[r#"notice "" Framework { framework: Taro, output: None }"#]);
    check(
        &[
            config,
            taro,
            source,
            ("dist/project.config.json", r#"{"miniprogramRoot": "./"}"#),
            ("dist/app.json", APP),
        ],
        &[
            r#"MiniProgram root="dist" base="" pages=dist/pages/a/a built_by=Taro"#,
            r#"notice "" Framework { framework: Taro, output: Some("dist") }"#,
        ],
    );
    check(
        &[
            ("src/manifest.json", r#"{"mp-weixin": {}}"#),
            ("src/pages.json", r#"{"pages": [{"path": "pages/a/a"}]}"#),
            ("dist/build/mp-weixin/project.config.json", "{}"),
            ("dist/build/mp-weixin/app.json", APP),
        ],
        &[
            r#"MiniProgram root="src" base="" pages=src/pages/a/a written_in=uni-app outputs=dist/build/mp-weixin"#,
            r#"notice "" Sources"#,
        ],
    );
    check(
        &[("package.json", r#"{"devDependencies": {"@mpxjs/core": "2"}}"#)],
        &[r#"notice "" Framework { framework: Mpx, output: None }"#],
    );
}

#[test]
fn a_hand_written_program_in_the_same_folder_as_the_package_is_no_output() {
    check(
        &[
            ("project.config.json", "{}"),
            ("app.json", APP),
            ("package.json", r#"{"devDependencies": {"@tarojs/taro": "4"}}"#),
        ],
        &[r#"MiniProgram root="" base="" pages=pages/a/a"#],
    );
}

#[test]
fn a_plugin_has_a_demo_host_or_stands_alone() {
    let config = r#"{"compileType": "plugin", "miniprogramRoot": "mini", "pluginRoot": "plugin", "appid": "wx1"}"#;
    let plugin = r#"{"publicComponents": {"c": "components/c"}, "pages": {"p": "/p", "x": "../x"}, "main": "index.js"}"#;
    let texts =
        [("project.config.json", config), ("plugin/plugin.json", plugin), ("mini/app.json", APP)];
    check(&texts, &[r#"Plugin root="mini" base="" pages=mini/pages/a/a plugin=plugin"#]);
    check(&texts[..2], &[r#"Plugin root="mini" base="" pages= plugin=plugin"#]);

    let project = Project::resolve(&files(&texts));
    let read = project.programs[0].plugin.as_ref().unwrap();
    assert_eq!(read.main, Some(at("plugin/index.js")));
    assert_eq!(read.public_components[0].stem, at("plugin/components/c"));
    assert_eq!(read.pages.len(), 1, "a path that leaves the plugin is none");
    assert_eq!(read.appid.as_ref().map(|appid| &*appid.name), Some("wx1"));
}

#[test]
fn every_file_has_an_owner() {
    let config = r#"{
        "cloudfunctionRoot": "cloud/", "qcloudRoot": "./", "pluginRoot": "plugin",
        "packOptions": {"ignore": [{"type": "folder", "value": "docs"}]}
    }"#;
    let texts = [
        ("project.config.json", config),
        ("app.json", r#"{"pages": ["a"], "workers": {"path": "workers"}}"#),
        ("plugin/plugin.json", "{}"),
        ("functions/pay/package.json", r#"{"dependencies": {"wx-server-sdk": "~2.6.3"}}"#),
        ("inner/project.config.json", "{}"),
        ("inner/app.json", APP),
    ];
    let project = Project::resolve(&files(&texts));
    let program = project.programs.iter().find(|program| program.root == FilePath::root()).unwrap();
    for (path, owner) in [
        ("a.js", Ownership::Client),
        ("cloud/login/index.js", Ownership::Server),
        ("functions/pay/index.js", Ownership::Server),
        ("cloudy/index.js", Ownership::Client),
        ("docs/a.js", Ownership::Ignored),
        ("inner/a.js", Ownership::Foreign),
        ("node_modules/a/index.js", Ownership::Foreign),
        ("miniprogram_npm/a/index.js", Ownership::Client),
        ("plugin/index.js", Ownership::Plugin),
        ("workers/a.js", Ownership::Worker),
    ] {
        assert_eq!(program.owns(&at(path)), owner, "{path}");
    }
}

#[test]
fn the_private_project_file_wins_and_url_check_is_kept_from_both() {
    let texts = [
        (
            "project.config.json",
            r#"{"appid": "wx1", "setting": {"urlCheck": false}, "libVersion": "latest"}"#,
        ),
        ("project.private.config.json", r#"{"appid": "wx2", "setting": {"urlCheck": true}}"#),
        ("app.json", APP),
    ];
    let project = Project::resolve(&files(&texts));
    let program = &project.programs[0];
    let committed = program.url_check.as_ref().unwrap();
    assert!(!committed.on);
    assert_eq!(committed.place.span.of(texts[0].1), "false");
    assert!(program.effective_url_check().unwrap().on);
    assert_eq!(program.appid.as_ref().map(|appid| &*appid.name), Some("wx2"));
    assert_eq!(program.lib_version.as_ref().map(|version| &*version.name), Some("latest"));
}

#[test]
fn ext_json_counts_for_the_fields_it_repeats() {
    let app = r#"{"pages": ["a"], "requiredPrivateInfos": ["getLocation"], "permission": {"scope.userLocation": {"desc": "x"}}}"#;
    let names = |ext: &str| {
        let texts = [("project.config.json", "{}"), ("app.json", app), ("ext.json", ext)];
        let project = Project::resolve(&files(&texts));
        let program = &project.programs[0];
        let infos = program.required_private_infos();
        let names: Vec<&str> = infos.iter().map(|info| &*info.name).collect();
        let scope = &program.permission()[0];
        assert_eq!((&*scope.scope, scope.place.file.as_str()), ("scope.userLocation", "app.json"));
        names.join(",")
    };
    assert_eq!(
        names(r#"{"extEnable": true, "requiredPrivateInfos": ["chooseLocation"]}"#),
        "chooseLocation"
    );
    assert_eq!(names(r#"{"extEnable": true, "requiredPrivateInfos": []}"#), "");
    assert_eq!(names(r#"{"extEnable": true}"#), "getLocation");
    assert_eq!(names(r#"{"extEnable": false, "requiredPrivateInfos": []}"#), "getLocation");
}

#[test]
fn subpackages_are_told_apart() {
    let app = r#"{"pages": ["a"], "subpackages": [{"root": "s", "pages": ["b"], "independent": true}, {"root": "s/t", "pages": ["c"]}]}"#;
    let project = Project::resolve(&files(&[("project.config.json", "{}"), ("app.json", app)]));
    let program = &project.programs[0];
    let of = |path| program.subpackage_of(&at(path)).map(|subpackage| subpackage.independent);
    assert_eq!([of("a.js"), of("s/b.js"), of("s/t/c.js")], [None, Some(true), Some(false)]);
    assert_eq!(program.pages()[2].subpackage, Some(1));
    assert_eq!(program.pages()[2].declared.span.of(app), "\"c\"");
}
