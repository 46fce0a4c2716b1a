//! Compiles the WXML grammar. The one thing to know: `parser.c` is generated and committed, so no tool but a C compiler is needed.

fn main() {
    let source = std::path::Path::new("grammars/wxml/src");
    let mut build = cc::Build::new();
    build.std("c11").include(source).warnings(false);
    for file in ["parser.c", "scanner.c"] {
        let path = source.join(file);
        println!("cargo:rerun-if-changed={}", path.display());
        build.file(path);
    }
    build.compile("tree-sitter-wxml");
}
