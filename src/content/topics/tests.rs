//! Topics by example: what a program says, and what it is about.

use super::*;
use crate::project::Project;
use crate::syntax::Kind;

/// The topics of a program with these files, as `licence certainty: words`.
fn shown(texts: &[(&str, &str)]) -> Vec<String> {
    let files: Files = texts
        .iter()
        .chain(&[("app.js", "App({})")])
        .map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned()))
        .collect();
    let project = Project::resolve(&files);
    let words: Vec<_> = files
        .iter()
        .filter(|file| file.kind == Kind::Template)
        .map(|file| (&file.path, words_of_template(&file.source)))
        .collect();
    topics(&files, &project.programs[0], words.iter().map(|(path, words)| (*path, &**words)))
        .into_iter()
        .map(|it| format!("{} {:?}: {}", it.topic.licence, it.certainty, it.words().join(" ")))
        .collect()
}

const APP: &str = r#"{"pages": ["pages/clinic/clinic"], "window": {"navigationBarTitleText": "社区门诊"}, "tabBar": {"list": [{"pagePath": "pages/clinic/clinic", "text": "挂号"}]}}"#;

#[test]
fn several_words_from_several_places_make_a_topic() {
    assert_eq!(
        shown(&[
            ("app.json", APP),
            ("pages/clinic/clinic.json", r#"{"navigationBarTitleText": "问诊"}"#),
            ("pages/clinic/clinic.wxml", "<view>请选择就诊人</view><!-- 住院 -->"),
        ]),
        ["medical Likely: 门诊 挂号 问诊 就诊人 clinic"]
    );
}

#[test]
fn many_ordinary_words_make_a_topic_that_the_name_bears_out() {
    let app = |name: &str| {
        format!(
            r#"{{"pages": ["pages/teacher/teacher", "pages/student/student"], "window": {{"navigationBarTitleText": "{name}"}}}}"#
        )
    };
    let said = |name: &str| {
        shown(&[
            ("app.json", &app(name)),
            ("pages/teacher/teacher.json", r#"{"navigationBarTitleText": "课程管理"}"#),
            ("pages/student/student.wxml", "<view>学员作业</view>"),
        ])
    };
    assert_eq!(said("星星艺术培训"), ["education Possible: 培训 课程 student teacher 作业 学员"]);
    assert!(said("排班表").is_empty());
}

#[test]
fn a_name_that_the_platform_screens_needs_fewer_words_but_more_places() {
    let app = |name: &str| {
        format!(
            r#"{{"pages": ["pages/news/news"], "window": {{"navigationBarTitleText": "{name}"}}, "tabBar": {{"list": [{{"pagePath": "pages/news/news", "text": "新闻"}}]}}}}"#
        )
    };
    let said = |name: &str, title: &str| {
        shown(&[
            ("app.json", &app(name)),
            ("pages/news/news.json", &format!(r#"{{"navigationBarTitleText": "{title}"}}"#)),
        ])
    };
    assert_eq!(said("江城新闻", "新闻"), ["news Possible: 新闻 news"]);
    assert!(said("江城新闻", "列表").is_empty(), "three kinds of place");
    assert!(said("江城大学", "新闻").is_empty(), "not in the name");
}

#[test]
fn a_name_in_percent_signs_is_read() {
    assert_eq!(plain("%E9%97%A8%E8%AF%8A2"), "门诊2");
    for text in ["门诊", "100%", "%E9%97", "%zz", ""] {
        assert_eq!(plain(text), text);
    }
}

#[test]
fn words_alone_and_words_of_one_place_say_nothing() {
    for texts in [
        vec![("app.json", APP)],
        vec![
            ("app.json", r#"{"pages": ["pages/a/a"]}"#),
            ("pages/a/a.wxml", "<view>问诊 挂号 病历 门诊 住院 医生</view>"),
        ],
        vec![
            ("app.json", r#"{"pages": ["pages/a/a"]}"#),
            ("pages/a/a.json", r#"{"navigationBarTitleText": "新闻"}"#),
            ("pages/a/a.wxml", "<view>热点</view><view>头条</view>"),
        ],
    ] {
        let found = shown(&texts);
        assert!(found.iter().all(|it| !it.contains("Likely")), "{found:?}");
        assert!(texts.len() == 1 || found.is_empty(), "{found:?}");
    }
}
