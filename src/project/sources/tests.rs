//! Programs written in a framework: where what they declare is found.

use crate::path::FilePath;
use crate::project::tests::{at, files};
use crate::project::{ComponentTarget, Files, Ownership, Project};

const MANIFEST: &str = r#"{
    "name": "tea",
    /* for WeChat */
    "mp-weixin": {
        "appid": "wx1",
        "setting": { "urlCheck": true },
        "requiredPrivateInfos": ["getLocation"],
        "permission": { "scope.userLocation": { "desc": "near" } },
        "plugins": { "live": { "version": "1.0.0", "provider": "wx2" } },
        "usingComponents": true,
    }
}"#;
const PAGES: &str = r#"{
    "pages": [
        { "path": "pages/a/a", "style": { "navigationBarTitleText": "Tea", "usingComponents": { "x-own": "/wxcomponents/own" } } },
        // #ifdef H5
        { "path": "pages/h5/h5" },
        // #endif
    ],
    "subPackages": [{ "root": "sub", "pages": [{ "path": "b/b" }] }],
    "globalStyle": { "navigationBarTitleText": "Shop", "usingComponents": { "van-button": "/wxcomponents/vant/button/index" } },
    "easycom": { "custom": { "^u-(.*)": "@/lib/u-$1/u-$1.vue" } },
    "tabBar": { "list": [{ "pagePath": "pages/a/a", "text": "Home" }] }
}"#;

fn example(prefix: &str) -> Files {
    let texts = [
        ("manifest.json", MANIFEST),
        ("pages.json", PAGES),
        (
            "main.js",
            "import Vue from 'vue'; import bar from '@/other/bar.vue'; Vue.component('the-bar', bar)",
        ),
        ("App.vue", "<script>export default { onLaunch() {} }</script>"),
        (
            "pages/a/a.vue",
            "<template><foo-bar/><my-name/><the-bar/><u-button/><pop/><van-button/><x-own/><view/></template>\n\
             <script>import FooBar from '../../other/foo'; import renamed from '@/other/name.vue'\n\
             export default { components: { FooBar, 'my-name': renamed } }</script>",
        ),
        ("other/foo.vue", ""),
        ("other/bar.vue", ""),
        ("other/name.vue", ""),
        ("lib/u-button/u-button.vue", ""),
        ("uni_modules/pop/components/pop/pop.vue", ""),
        ("uni_modules/pop/package.json", "{}"),
        ("wxcomponents/vant/button/index.wxml", ""),
        ("wxcomponents/own.wxml", ""),
        ("sub/b/b.vue", ""),
        ("uniCloud-aliyun/cloudfunctions/f/index.js", ""),
        ("unpackage/dist/dev/mp-weixin/app.json", r#"{"pages": ["pages/a/a"]}"#),
        ("unpackage/dist/dev/mp-weixin/app.js", ""),
    ];
    let texts: Vec<(String, &str)> =
        texts.iter().map(|(path, text)| (format!("{prefix}{path}"), *text)).collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(path, text)| (&**path, *text)).collect();
    files(&texts)
}

#[test]
fn declarations_are_read_where_the_team_writes_them() {
    for prefix in ["", "app/", "app/src/"] {
        let files = example(prefix);
        let project = Project::resolve(&files);
        let [program] = project.programs.as_slice() else { panic!("{prefix}: {project:?}") };
        assert_eq!(program.root, at(prefix));
        let base = prefix.strip_suffix("src/").unwrap_or(prefix);
        assert_eq!(program.base, at(base), "{prefix}");
        assert_eq!(program.app, Some(at(&format!("{prefix}manifest.json"))));
        assert_eq!(program.app_script, Some(at(&format!("{prefix}App.vue"))));
        let stems: Vec<String> = program.pages().iter().map(|page| page.stem.to_string()).collect();
        assert_eq!(stems, [format!("{prefix}pages/a/a"), format!("{prefix}sub/b/b")]);
        assert_eq!(program.subpackages()[0].root, at(&format!("{prefix}sub")));
        let names: Vec<&str> =
            program.required_private_infos().iter().map(|one| &*one.name).collect();
        assert_eq!(names, ["getLocation"]);
        assert_eq!(&*program.permission()[0].scope, "scope.userLocation");
        assert_eq!(&*program.plugins()[0].alias, "live");
        assert_eq!(program.appid.as_ref().map(|one| &*one.name), Some("wx1"));
        assert!(program.url_check.as_ref().is_some_and(|switch| switch.on));
        let title = program.title_of(&files, &program.pages()[0]);
        assert_eq!(title.map(|title| title.name.to_string()).as_deref(), Some("Tea"));
        assert_eq!(program.app_manifest.tabs.len(), 1);
        for place in [&program.required_private_infos()[0].place, &program.pages()[0].declared] {
            let text = place.span.of(&files.get(&place.file).unwrap().source);
            assert!(text.starts_with('"') && text.ends_with('"'), "{text}");
        }
    }
}

#[test]
fn a_tag_means_what_the_sources_say() {
    let files = example("src/");
    let project = Project::resolve(&files);
    let program = &project.programs[0];
    for (tag, expected) in [
        ("foo-bar", Some("src/other/foo")),
        ("my-name", Some("src/other/name")),
        ("the-bar", Some("src/other/bar")),
        ("u-button", Some("src/lib/u-button/u-button")),
        ("pop", Some("src/uni_modules/pop/components/pop/pop")),
        ("van-button", Some("src/wxcomponents/vant/button/index")),
        ("x-own", Some("src/wxcomponents/own")),
        ("view", None),
    ] {
        let target = program.component_of(&files, &at("src/pages/a/a"), tag);
        assert_eq!(target.stem(), expected.map(at).as_ref(), "{tag}");
    }
    let unknown = program.component_of(&files, &at("src/sub/b/b"), "x-own");
    assert_eq!(unknown, ComponentTarget::Unknown, "only the page that names it knows it");
    let edges = program.components_of(&files, &at("src/pages/a/a"));
    assert_eq!(edges.len(), 7);
    let loaded = program.loaded(&files).unwrap();
    for path in [
        "src/main.js",
        "src/App.vue",
        "src/other/foo.vue",
        "src/uni_modules/pop/components/pop/pop.vue",
        "src/wxcomponents/own.wxml",
    ] {
        assert!(loaded.contains(&at(path)), "{path}");
    }
}

#[test]
fn what_is_not_compiled_is_no_part_of_it() {
    let files = example("");
    let project = Project::resolve(&files);
    let program = &project.programs[0];
    for (path, expected) in [
        ("pages/a/a.vue", Ownership::Client),
        ("wxcomponents/own.wxml", Ownership::Client),
        ("unpackage/dist/dev/mp-weixin/app.js", Ownership::Foreign),
        ("uniCloud-aliyun/cloudfunctions/f/index.js", Ownership::Server),
        ("hybrid/html/a.js", Ownership::Foreign),
    ] {
        assert_eq!(program.owns(&at(path)), expected, "{path}");
    }
    let outputs: Vec<&str> =
        program.sources.as_ref().unwrap().outputs.iter().map(FilePath::as_str).collect();
    assert_eq!(outputs, ["unpackage/dist/dev/mp-weixin"]);
}

#[test]
fn a_native_program_beside_the_sources_is_a_program_of_its_own() {
    let mut texts = vec![
        ("src/manifest.json", MANIFEST),
        ("src/pages.json", PAGES),
        ("native/app.json", r#"{"pages": ["p"]}"#),
        ("native/app.js", ""),
    ];
    let project = Project::resolve(&files(&texts));
    assert_eq!(project.programs.len(), 2);
    texts.push(("native/project.config.json", "{}"));
    assert_eq!(Project::resolve(&files(&texts)).programs.len(), 2);
}

#[test]
fn broken_manifests_are_problems_and_no_panic() {
    for (manifest, pages) in
        [("", "{"), ("7", PAGES), (MANIFEST, "[]"), ("[1]", ""), (MANIFEST, "{}")]
    {
        let files = files(&[
            ("package.json", r#"{"dependencies": {"@dcloudio/uni-app": "3"}}"#),
            ("manifest.json", manifest),
            ("pages.json", pages),
        ]);
        let project = Project::resolve(&files);
        assert!(!project.programs[0].problems.is_empty(), "{manifest} {pages}");
    }
}

#[test]
fn aliases_of_the_project_are_followed() {
    let options = r##"{"compilerOptions": {"baseUrl": ".", "paths": {"@/*": ["./src/*"], "#/*": ["src/types/*"], "out/*": ["../x/*"]}}}"##;
    let files = files(&[
        ("tsconfig.json", options),
        ("src/manifest.json", MANIFEST),
        ("src/pages.json", PAGES),
        ("src/types/a.ts", ""),
        ("src/b/index.ts", ""),
        ("src/c.vue", ""),
    ]);
    let project = Project::resolve(&files);
    let resolve = |specifier: &str| {
        let found =
            project.programs[0].resolve_specifier(&at("src/pages/a/a.vue"), specifier, &files);
        found.map(|path| path.to_string())
    };
    assert_eq!(resolve("#/a").as_deref(), Some("src/types/a.ts"));
    assert_eq!(resolve("@/b").as_deref(), Some("src/b/index.ts"));
    assert_eq!(resolve("@/c").as_deref(), Some("src/c.vue"));
    assert_eq!(resolve("~@/c.vue").as_deref(), Some("src/c.vue"));
    assert_eq!(resolve("out/a"), None);
}
