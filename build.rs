//! Compiles the WXML grammar. `parser.c` is generated and committed: only a C compiler is needed.

fn main() {
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
