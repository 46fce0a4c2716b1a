//! Compiles the WXML grammar and turns on the tests over real programs. `parser.c` is generated and committed: only a C compiler is needed.

fn main() {
    // Tests over real programs report themselves as ignored where there are none.
    println!("cargo:rustc-check-cfg=cfg(corpora)");
    println!("cargo:rerun-if-env-changed=MINIGUARD_CORPORA");
    if std::env::var_os("MINIGUARD_CORPORA").is_some() {
        println!("cargo:rustc-cfg=corpora");
    }
    let source = std::path::Path::new("grammars/wxml/src");
    let mut build = cc::Build::new();
    // Optimised in debug builds, too: tests parse millions of small texts.
    build.std("c11").opt_level(2).include(source).warnings(false);
    for file in ["parser.c", "scanner.c"] {
        let path = source.join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        build.file(path);
    }
    build.compile("tree-sitter-wxml");
}
