//! Programs of single files: where requests go, what their templates call, what makes their functions run.

use crate::path::FilePath;
use crate::project::{File, Files, Project};
use crate::semantic::call_graph::{CallEdge, CallGraph, EntryPoint, LifecycleHook, SearchScope};
use crate::semantic::module_graph::ModuleGraph;
use crate::semantic::{methods, uses_of_file};
use std::sync::Arc;

const MANIFEST: (&str, &str) = ("manifest.json", r#"{"mp-weixin": {}}"#);
const PAGES: (&str, &str) = ("pages.json", r#"{"pages": [{"path": "p/p"}]}"#);

fn program(texts: &[(&str, &str)]) -> Files {
    let all = [MANIFEST, PAGES].iter().chain(texts);
    all.map(|(path, text)| (FilePath::new(path).unwrap(), (*text).to_owned())).collect()
}

/// The uses of `path`, each with the hosts that it reaches; `?` where more is possible.
fn uses(path: &str, texts: &[(&str, &str)]) -> String {
    let files = program(texts);
    let project = Project::resolve(&files);
    let modules = ModuleGraph::of(&files, &project.programs[0]);
    let file = files.get(&FilePath::new(path).unwrap()).unwrap();
    let shown = uses_of_file(&modules, file).into_iter().map(|used| {
        let mut words = vec![used.api.trim_start_matches("wx.").to_owned()];
        if let Some(reach) = used.reach {
            words.extend(reach.origins());
            words.extend((!reach.complete).then(|| "?".to_owned()));
        }
        words.join(" ")
    });
    shown.collect::<Vec<_>>().join("; ")
}

fn page(script: &str, others: &[(&str, &str)]) -> String {
    let text = format!("<script>{script}</script>");
    let texts: Vec<(&str, &str)> =
        std::iter::once(("p/p.vue", &*text)).chain(others.iter().copied()).collect();
    uses("p/p.vue", &texts)
}

const A: &str = "request https://a.example.com";

#[test]
fn the_platform_goes_by_the_frameworks_names() {
    for (script, expected) in [
        ("uni.getLocation({})", "getLocation"),
        ("wx.getLocation({})", "getLocation"),
        ("const { getLocation } = uni; getLocation()", "getLocation"),
        ("import Taro from '@tarojs/taro'; Taro.getLocation()", "getLocation"),
        ("import { getLocation } from '@tarojs/taro'; getLocation()", "getLocation"),
        ("import mpx from '@mpxjs/core'; mpx.getLocation()", "getLocation"),
        ("import api from './own'; api.getLocation()", ""),
        ("const uni = {}; uni.getLocation()", ""),
        ("// #ifdef H5\nuni.getLocation()\n// #endif", ""),
        ("if (uni.getLocation) {}", ""),
        ("'uni.getLocation()'", ""),
    ] {
        assert_eq!(page(script, &[]), expected, "{script}");
    }
}

#[test]
fn this_has_what_options_data_and_plugins_give() {
    let main = ("main.js", "import Vue from 'vue'\nVue.prototype.$base = 'https://a.example.com'");
    let modern = (
        "main.js",
        "export function createApp() { const app = createSSRApp(App); app.config.globalProperties.$base = 'https://a.example.com' }",
    );
    let plugin = (
        "plugin.js",
        "export default { install(Vue) { Vue.prototype.$http = { base: 'https://a.example.com' } } }",
    );
    for (script, others) in [
        (
            "export default { data() { return { base: 'https://a.example.com' } }, methods: { go() { uni.request({ url: this.base + '/x' }) } } }",
            &[] as &[_],
        ),
        (
            "export default { data: () => ({ o: { base: 'https://a.example.com' } }), onLoad() { uni.request({ url: `${this.o.base}/x` }) } }",
            &[],
        ),
        (
            "export default { computed: { base() { return 'https://a.example.com' } }, methods: { go() { uni.request({ url: this.base + '/x' }) } } }",
            &[],
        ),
        (
            "export default { computed: { base: { get() { return 'https://a.example.com' } } }, watch: { a() { uni.request({ url: this.base }) } } }",
            &[],
        ),
        (
            "export default { setup() { return { base: 'https://a.example.com' } }, methods: { go() { uni.request({ url: this.base }) } } }",
            &[],
        ),
        (
            "import { defineComponent } from 'vue'; export default defineComponent({ methods: { base() { return 'https://a.example.com' }, go() { uni.request({ url: this.base() }) } } })",
            &[],
        ),
        ("export default { onShow() { uni.request({ url: this.$base + '/x' }) } }", &[main]),
        ("export default { onShow() { uni.request({ url: this.$base + '/x' }) } }", &[modern]),
        ("export default { onShow() { uni.request({ url: this.$http.base }) } }", &[plugin]),
    ] {
        assert_eq!(page(script, others), A, "{script}");
    }
    let unknown =
        "export default { props: ['base'], methods: { go() { uni.request({ url: this.base }) } } }";
    assert_eq!(page(unknown, &[]), "request ?");
}

#[test]
fn boxes_are_opened() {
    for script in [
        "import { ref } from 'vue'; const base = ref('https://a.example.com'); const go = () => uni.request({ url: base.value + '/x' })",
        "const base = ref(''); base.value = 'https://a.example.com'; const go = () => uni.request({ url: base.value })",
        "const all = reactive({ base: 'https://a.example.com' }); const go = () => uni.request({ url: all.base })",
        "const base = computed(() => 'https://a.example.com'); function go() { uni.request({ url: base.value }) }",
    ] {
        let text = format!("<script setup>{script}</script>");
        assert_eq!(uses("p/p.vue", &[("p/p.vue", &text)]), A, "{script}");
    }
}

#[test]
fn the_app_shares_its_data() {
    let app = (
        "App.vue",
        "<script>export default { globalData: { base: 'https://a.example.com' }, onLaunch() {} }</script>",
    );
    let script =
        "export default { onLoad() { uni.request({ url: getApp().globalData.base + '/x' }) } }";
    assert_eq!(page(script, &[app]), A);
}

#[test]
fn interceptors_put_a_host_before_paths() {
    let interceptor = (
        "http.js",
        "const base = 'https://a.example.com'\nuni.addInterceptor('request', { invoke(args) { if (!args.url.startsWith('http')) { args.url = base + args.url } } })",
    );
    let named = (
        "http.js",
        "const before = { invoke: (o) => { o.url = `https://a.example.com${o.url}` } }\nuni.addInterceptor('request', before)",
    );
    let other = (
        "http.js",
        "uni.addInterceptor('uploadFile', { invoke(args) { args.url = 'https://b.example.com' + args.url } })\nown.addInterceptor('request', { invoke(args) { args.url = 'https://c.example.com' + args.url } })",
    );
    for (script, others, expected) in [
        ("uni.request({ url: '/x' })", interceptor, A),
        ("uni.request({ url: '/x' })", named, A),
        (
            "uni.request({ url: 'https://d.example.com/x' })",
            interceptor,
            "request https://d.example.com",
        ),
        ("uni.request({ url: '/x' })", other, "request ?"),
        (
            "export default { methods: { go(path) { uni.request({ url: path }) } } }",
            interceptor,
            "request https://a.example.com ?",
        ),
    ] {
        assert_eq!(page(script, &[others]), expected, "{script} {others:?}");
    }
}

#[test]
fn templates_show_what_scripts_hold() {
    for (template, script, expected) in [
        (
            "<web-view :src='url'/>",
            "export default { data() { return { url: 'https://a.example.com/x' } } }",
            "component web-view https://a.example.com",
        ),
        (
            "<web-view :src='url'/>",
            "export default { data() { return { url: '' } }, onLoad() { this.url = 'https://a.example.com' } }",
            "component web-view https://a.example.com",
        ),
        (
            "<web-view :src=\"url + '?a=1'\"/>",
            "export default { computed: { url() { return 'https://a.example.com/x' } } }",
            "component web-view https://a.example.com",
        ),
        (
            "<web-view :src='url'/>",
            "export default { props: { url: String } }",
            "component web-view ?",
        ),
        ("<web-view src='https://a.example.com'/>", "", "component web-view https://a.example.com"),
    ] {
        let text = format!("<template>{template}</template><script>{script}</script>");
        assert_eq!(uses("p/p.vue", &[("p/p.vue", &text)]), expected, "{text}");
    }
    let setup = "<template><web-view :src='url'/></template><script setup>const url = ref(''); onLoad(() => { url.value = 'https://a.example.com' })</script>";
    assert_eq!(uses("p/p.vue", &[("p/p.vue", setup)]), "component web-view https://a.example.com");
}

#[test]
fn environment_files_tell_releases_from_development() {
    let env = (".env", "VITE_BASE=https://base.example.com\nVITE_ALL='https://all.example.com'");
    let release = (".env.production", "VITE_BASE=https://a.example.com");
    let development =
        (".env.development", "VITE_BASE=https://dev.example.com\nVITE_DEV=http://192.168.0.1");
    let all = [env, release, development];
    for (script, expected) in [
        (
            "uni.request({ url: import.meta.env.VITE_ALL + '/x' })",
            "request https://all.example.com",
        ),
        (
            "uni.request({ url: process.env.VITE_BASE + '/x' })",
            "request https://a.example.com (https://base.example.com) (https://dev.example.com)",
        ),
        (
            "const { VITE_BASE } = import.meta.env; uni.request({ url: VITE_BASE })",
            "request https://a.example.com (https://base.example.com) (https://dev.example.com)",
        ),
        (
            "const base = import.meta.env.DEV ? 'https://d.example.com' : 'https://a.example.com'; uni.request({ url: base })",
            "request https://a.example.com (https://d.example.com)",
        ),
        (
            "const base = process.env.NODE_ENV === 'development' ? 'https://d.example.com' : 'https://a.example.com'; uni.request({ url: base })",
            "request https://a.example.com (https://d.example.com)",
        ),
        ("uni.request({ url: import.meta.env.VITE_NONE + '/x' })", "request ?"),
    ] {
        let text = format!("<script>{script}</script>");
        let texts: Vec<(&str, &str)> = std::iter::once(("p/p.vue", &*text)).chain(all).collect();
        let files = program(&texts);
        let project = Project::resolve(&files);
        let modules = ModuleGraph::of(&files, &project.programs[0]);
        let uses = uses_of_file(&modules, files.get(&FilePath::new("p/p.vue").unwrap()).unwrap());
        let reach = uses[0].reach.as_ref().unwrap();
        let hosts = reach
            .endpoints
            .iter()
            .map(|one| if one.released { one.origin() } else { format!("({})", one.origin()) });
        let mut words: Vec<String> = hosts.collect();
        words.sort_by_key(|word| word.starts_with('('));
        words.extend((!reach.complete).then(|| "?".to_owned()));
        assert_eq!(format!("request {}", words.join(" ")), expected, "{script}");
    }
}

#[test]
fn code_for_another_platform_uses_nothing() {
    for (script, expected) in [
        ("if (process.env.UNI_PLATFORM === 'h5') { uni.getLocation() }", ""),
        (
            "if (process.env.TARO_ENV !== 'weapp') { uni.getLocation() } else { uni.chooseImage() }",
            "chooseImage",
        ),
        ("process.env.TARO_ENV === 'h5' && uni.getLocation()", ""),
        (
            "const web = process.env.TARO_ENV === 'h5'; web ? uni.getLocation() : uni.chooseImage()",
            "chooseImage",
        ),
        (
            "switch (process.env.TARO_ENV) { case 'h5': uni.getLocation(); break; case 'weapp': uni.chooseImage() }",
            "chooseImage",
        ),
        ("function f() { if (process.env.TARO_ENV !== 'h5') return; uni.getLocation() }", ""),
        ("if (__mpx_mode__ === 'ali') { uni.getLocation() }", ""),
        ("if (process.env.UNI_PLATFORM === 'h5' || a) { uni.getLocation() }", "getLocation"),
        ("if (process.env.NODE_ENV === 'development') { uni.getLocation() }", "getLocation"),
        ("if (env === 'h5') { uni.getLocation() }", "getLocation"),
    ] {
        assert_eq!(page(script, &[]), expected, "{script}");
    }
}

/// What makes the function `name` of `p/p.vue` run: `+` before what a template binds.
fn entries(name: &str, page: &str, others: &[(&str, &str)]) -> String {
    let texts: Vec<(&str, &str)> =
        std::iter::once(("p/p.vue", page)).chain(others.iter().copied()).collect();
    let files = program(&texts);
    let project = Project::resolve(&files);
    let program = &project.programs[0];
    let modules = ModuleGraph::of(&files, program);
    let read: Vec<&Arc<File>> = files.iter().collect();
    let scope = SearchScope::new(&files, program, &modules, &read);
    let mut graph = CallGraph::new(&scope, &modules);
    let path = if others.iter().any(|(path, _)| *path == name) { name } else { "p/p.vue" };
    let module = modules.id(&FilePath::new(path).unwrap()).unwrap();
    let facts = modules.facts(module).unwrap();
    let function = facts.functions.iter().position(|one| one.name.as_deref() == Some(name));
    let function = crate::facts::script::FunctionId(u32::try_from(function.unwrap()).unwrap());
    let shown = graph
        .callers(module, function)
        .iter()
        .map(|edge| match edge {
            CallEdge::Call(_) => "call".to_owned(),
            CallEdge::PassedAsCallback { .. } => "callback".to_owned(),
            CallEdge::Platform(EntryPoint::Event(event)) => format!("+{event}"),
            CallEdge::Platform(EntryPoint::Load) => "load".to_owned(),
            CallEdge::Platform(EntryPoint::Other(name)) => format!("other {name}"),
            CallEdge::Platform(EntryPoint::LifecycleHook(hook)) => match hook {
                LifecycleHook::App(name) => format!("app {name}"),
                LifecycleHook::Page(name) => format!("page {name}"),
                LifecycleHook::Component(name) => format!("component {name}"),
            },
        })
        .collect::<Vec<_>>();
    shown.join(", ")
}

#[test]
fn what_makes_a_function_run() {
    for (page, expected) in [
        (
            "<template><view @click='go'/></template><script>export default { methods: { go() {} } }</script>",
            "+tap",
        ),
        (
            "<template><button @getphonenumber='go($event)'/></template><script>export default { methods: { go() {} } }</script>",
            "+getphonenumber",
        ),
        (
            "<template><view @click='() => { a(); go() }'/></template><script setup>const go = () => {}</script>",
            "+tap",
        ),
        (
            "<template><view @click='go'/></template><script setup lang='ts'>async function go(): Promise<void> {}</script>",
            "+tap",
        ),
        (
            "<template><view @click='go'/></template><script>export default { setup() { const go = () => {}; return { go } } }</script>",
            "+tap",
        ),
        ("<script>export default { onLoad() { this.x() }, methods: { go() {} } }</script>", ""),
        (
            "<script setup>import { onLoad } from '@dcloudio/uni-app'; const go = () => {}; onLoad(go)</script>",
            "page onLoad",
        ),
        ("<script setup>const go = () => {}; onMounted(() => go())</script>", "call"),
    ] {
        assert_eq!(entries("go", page, &[]), expected, "{page}");
    }
    for (name, page, expected) in [
        ("onLoad", "<script>export default { onLoad() {} }</script>", "page onLoad"),
        ("created", "<script>export default { created() {} }</script>", "component created"),
        ("price", "<script>export default { computed: { price() {} } }</script>", "other price"),
        ("setup", "<script>export default { setup() {} }</script>", "component setup"),
    ] {
        assert_eq!(entries(name, page, &[]), expected, "{page}");
    }
}

#[test]
fn an_event_of_a_component_comes_when_the_component_sends_it() {
    let page = "<template><the-shop @payNow='go'/></template><script>import TheShop from './shop'\nexport default { methods: { go() {} } }</script>";
    let shop = (
        "p/shop.vue",
        "<template><view @click='a'/></template><script>export default { methods: { a() { this.$emit('payNow', 1) } } }</script>",
    );
    assert_eq!(entries("go", page, &[shop]), "call");
    let setup = (
        "p/shop.vue",
        "<script setup>const emit = defineEmits(['pay-now'])\nconst a = () => emit('pay-now')</script>",
    );
    assert_eq!(entries("go", page, &[setup]), "call");
    assert_eq!(entries("go", page, &[("p/shop.vue", "")]), "+pay-now");
}

#[test]
fn methods_that_a_template_can_bind() {
    let methods = |text: &str| {
        let files = program(&[
            ("p/p.vue", text),
            ("mixin.js", "export default { methods: { shared() {} } }"),
        ]);
        let project = Project::resolve(&files);
        let modules = ModuleGraph::of(&files, &project.programs[0]);
        let module = modules.id(&FilePath::new("p/p.vue").unwrap()).unwrap();
        let found = methods::of_module(&modules, module);
        found.iter().map(|method| method.name.to_string()).collect::<Vec<_>>().join(" ")
    };
    for (text, expected) in [
        (
            "<script>import m from '../mixin'\nexport default { mixins: [m], methods: { go() {} }, onLoad() {} }</script>",
            "go shared",
        ),
        (
            "<script setup>import { pay } from '../pay'\nconst n = 1; const go = () => {}; function stop() {}</script>",
            "pay go stop",
        ),
        (
            "<script>export default { setup() { const go = () => {}; return { go, n: 1 } } }</script>",
            "go",
        ),
        ("<script></script>", ""),
    ] {
        assert_eq!(methods(text), expected, "{text}");
    }
}
