//! Single files: which blocks give which facts, and versions of a document.

use super::{CombinedFacts, PartTrees, read, update};
use crate::facts::script::{ExportName, Expr};
use crate::syntax::SingleFile;

fn vue(source: &str) -> CombinedFacts {
    read(SingleFile::Vue, source)
}

fn names(facts: &CombinedFacts) -> String {
    facts.script.bindings.iter().map(|one| &*one.name).collect::<Vec<_>>().join(" ")
}

#[test]
fn scripts_are_one_module() {
    for (source, expected) in [
        ("<script>let a</script>\n<script setup>let b</script>", "a b"),
        ("<script setup lang='ts'>let a: number = 1</script>", "a"),
        ("<script lang=\"tsx\">let a</script>", "a"),
        ("<script module='m' lang='wxs'>let a</script><script>let b</script>", "b"),
        ("<script lang='renderjs' module='m'>let a</script>", ""),
        ("<script lang='coffee'>a = 1</script>", ""),
        ("<script>\n// #ifdef H5\nlet a\n// #endif\nlet b\n</script>", "b"),
        (
            "<!-- #ifdef H5 -->\n<script>let a</script>\n<!-- #endif -->\n<script>let b</script>",
            "b",
        ),
        ("<template><view/></template>", ""),
        ("", ""),
    ] {
        let facts = vue(source);
        assert_eq!(names(&facts), expected, "{source}");
        for binding in &facts.script.bindings {
            assert_eq!(binding.span.of(source), &*binding.name, "{source}");
        }
        assert_eq!(facts.script.problems, [], "{source}");
    }
}

#[test]
fn the_setup_block_is_told() {
    let setup = |source: &str| {
        let facts = vue(source);
        facts.script.component.unwrap().setup.map(|span| span.of(source).to_owned())
    };
    assert_eq!(setup("<script>a</script><script setup>b</script>").as_deref(), Some("b"));
    assert_eq!(setup("<script>a</script>"), None);
}

#[test]
fn a_script_elsewhere_is_the_module() {
    let facts = vue("<script src=\"./a.ts\"></script>");
    assert_eq!(&*facts.script.imports[0].specifier, "./a.ts");
    let default = facts.script.exports.iter().find(|one| one.name == ExportName::Default).unwrap();
    assert!(matches!(facts.script.expr(default.value.unwrap()), Expr::Import { .. }));
}

#[test]
fn what_is_not_read_is_told() {
    let unread = |source: &str| {
        let facts = vue(source);
        facts.unread.iter().map(|one| one.written.to_string()).collect::<Vec<_>>().join("; ")
    };
    for (source, expected) in [
        ("<template lang='pug'>\ndiv\n</template><script>let a</script>", "template lang=\"pug\""),
        ("<template src='./a.html'/>", "template src=\"./a.html\""),
        ("<script lang='coffee'></script>", "script lang=\"coffee\""),
        ("<template><a/></template><style lang='scss'></style>", ""),
    ] {
        assert_eq!(unread(source), expected, "{source}");
    }
}

#[test]
fn mpx_blocks_and_modes() {
    let source = "<template>\n<button wx:if=\"{{a}}\" open-type@wx|swan=\"share\" open-type@ali=\"x\" \
                  bindtap=\"go(item)\" bindlongpress@ali=\"no\"/></template>\n\
                  <script mode='ali'>let a</script><script>let b</script>\n\
                  <script type=\"application/json\">{ \"usingComponents\": { \"x\": \"./x\" } }</script>";
    let facts = read(SingleFile::Mpx, source);
    assert_eq!(names(&facts), "b");
    let template = facts.template.unwrap();
    let button = &template.elements[0];
    let shown: Vec<(&str, &str)> = button
        .attributes
        .iter()
        .map(|one| (&*one.name, one.value.as_ref().unwrap().span.of(source)))
        .collect();
    assert_eq!(shown, [("wx:if", "{{a}}"), ("open-type", "share"), ("bindtap", "go")]);
    let manifest = facts.manifest.unwrap();
    let path = manifest.root.as_ref().unwrap().at(&["usingComponents", "x"]).unwrap();
    assert_eq!(path.span.of(source), "\"./x\"");
}

#[test]
fn facts_after_edits_are_those_of_a_fresh_read() {
    let versions = [
        "<template><view @click='go'>{{ a }}</view></template>\n<script>\nlet a = 1\n</script>",
        "<template><view @click='go(b)'>{{ a }}</view></template>\n<script>\nlet a = 1\n</script>",
        "<template><view @click='go(b'>{{ a }}</view></template>\n<script>\nlet a = 1\n</script>",
        "<template><view @click='go(b)'>{{ a }}中</view></template>\n<script>\nlet a = 12\n</script>",
        "<template><view @click='go(b)'>{{ a }}文</view></template>\n<script>\nlet a = (12\n</script>",
        "<template><view @click='go(b)'></view></template>\n<script lang='ts'>\nlet a = 12\n</script>",
        "<template><view/></template>\n<script lang='ts'>\n// #ifdef H5\nlet a = 12\n// #endif\n</script>",
        "<script>\nlet a = 12\n</script>",
        "",
    ];
    let mut trees = PartTrees::default();
    for source in versions {
        assert_eq!(update(SingleFile::Vue, source, &mut trees), vue(source), "{source}");
    }
}
