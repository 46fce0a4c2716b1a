# shellcheck shell=bash
# The npm packages with the debug build: made, installed in a clean home, run. Sourced by ./test.

packages_executable() { # without its symbols: the tests pack and unpack it
  mkdir -p "$packages_out" && cp "$server" "$packages_out/miniguard" && { strip "$packages_out/miniguard" 2>/dev/null || true; }
}
packages_tests() { MINIGUARD=$packages_out/miniguard node --test tests/packages/*.test.mjs; }

packages_out=$PWD/target/packages
if command -v npm >/dev/null && [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ]; then
  debug_build
  packages_executable
  step 'npm packages: installed and run' packages_tests
else
  skip 'npm packages' 'Node 20 or newer with npm is needed'
fi
