# shellcheck shell=bash
# The WXML grammar as others take it: the Rust crate and its package, the C library by make and by CMake, the npm package
# installed into a project of its own. Sourced by ./test.

grammar_out=${CARGO_TARGET_DIR:-$PWD/target}/grammar
grammar_copy() { # NAME: an empty folder with a copy of the grammar in it
  rm -rf "${grammar_out:?}/$1" && mkdir -p "$grammar_out/$1" &&
    git ls-files -z --cached --others --exclude-standard grammars/wxml | xargs -0 cp --parents -t "$grammar_out/$1" &&
    # Else make may think that what is generated is older than the grammar, and ask for the CLI.
    touch "$grammar_out/$1"/grammars/wxml/src/*.json && touch "$grammar_out/$1/grammars/wxml/src/parser.c"
}
grammar_crate() {
  (cd grammars/wxml && export CARGO_TARGET_DIR=$grammar_out/crate && cargo test --quiet && cargo package --quiet --allow-dirty)
}
grammar_links() { # PREFIX: the installed header and library make a program
  local source='#include <tree_sitter/tree-sitter-wxml.h>
int main(void) { return tree_sitter_wxml() == 0; }'
  echo "$source" | cc -Wall -Werror -x c - -o "$1/program" -I"$1/include" -L"$1/lib" -ltree-sitter-wxml &&
    LD_LIBRARY_PATH=$1/lib "$1/program"
}
grammar_make() {
  grammar_copy make && make --silent -C "$grammar_out/make/grammars/wxml" install PREFIX="$grammar_out/make/installed" >/dev/null &&
    grammar_links "$grammar_out/make/installed"
}
grammar_cmake() {
  grammar_copy cmake && cmake -S "$grammar_out/cmake/grammars/wxml" -B "$grammar_out/cmake/build" \
    -DCMAKE_INSTALL_PREFIX="$grammar_out/cmake/installed" -DCMAKE_INSTALL_LIBDIR=lib -DTREE_SITTER_CLI=false >/dev/null &&
    cmake --build "$grammar_out/cmake/build" >/dev/null && cmake --install "$grammar_out/cmake/build" >/dev/null &&
    grammar_links "$grammar_out/cmake/installed"
}
grammar_headers() { # prints where the headers of this Node are; those of the package `node` if it came without
  local place
  place=$(node -p 'require("path").resolve(process.execPath, "../..")')
  if [ ! -f "$place/include/node/node.h" ]; then
    place=$grammar_out/headers
    npm install --silent --no-save --ignore-scripts --prefix "$place" \
      "node-$(node -p 'process.platform + "-" + process.arch')@$(node -p process.versions.node)" >&2 || return 1
    place=$(echo "$place"/node_modules/node-*)
  fi
  echo "$place"
}
grammar_npm() {
  local project=$grammar_out/npm/project headers
  headers=$(grammar_headers) && grammar_copy npm && mkdir -p "$project" && echo '{"private": true}' >"$project/package.json" &&
    (cd "$grammar_out/npm/grammars/wxml" && npm pack --silent --pack-destination "$project" >/dev/null) &&
    (cd "$project" && npm_config_nodedir=$headers npm install --silent --no-audit --no-fund ./*.tgz tree-sitter@0.25 &&
      node --test node_modules/tree-sitter-wxml/bindings/node/binding_test.js)
}

step 'grammar: every byte everywhere' cargo test --locked --test integration -- --ignored grammar::bytes::
step 'grammar: Rust crate' grammar_crate
if need make; then step 'grammar: C library, make' grammar_make; else skip 'grammar: C library, make' 'no make'; fi
if need cmake; then step 'grammar: C library, CMake' grammar_cmake; else skip 'grammar: C library, CMake' 'the package cmake cannot be installed'; fi
if command -v npm >/dev/null && need g++; then
  step 'grammar: npm package' grammar_npm
else
  skip 'grammar: npm package' 'Node with npm, and a C++ compiler, are needed'
fi
