# shellcheck shell=bash
# The npm packages with the debug build: made, installed in a clean home, run; the release workflow, the action, and the recipes of
# docs/ci.md. Sourced by ./test.

packages_out=$PWD/target/packages
packages_make() { # without its symbols: the tests pack and unpack the executable
  mkdir -p "$packages_out" && cp "$server" "$packages_out/miniguard" && { strip "$packages_out/miniguard" 2>/dev/null || true; } &&
    node tests/packages/made.mjs "$packages_out/miniguard" "$packages_out/npm"
}
packages_tools() { (cd tests/packages && npm ci --silent --ignore-scripts --no-audit --no-fund); }
packages_tests() { MINIGUARD=$packages_out/miniguard PACKAGES=$packages_out/npm node --test tests/packages/*.test.mjs; }

if need node npm && [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ]; then
  debug_build
  step 'packages: made' packages_make
  step 'packages: what recipes are held against' packages_tools
  step 'packages: installed and run; workflows and recipes' packages_tests
else
  skip 'packages' 'Node 20 or newer with npm is needed'
fi
