# shellcheck shell=bash
# The VS Code extension: its types, its unit tests, its package; then that package in a real workbench with the debug build.
# Sourced by ./test.

vscode_install() { (cd editors/vscode && npm ci --silent --ignore-scripts --no-audit --no-fund); }
vscode_unit() { (cd editors/vscode && npm run --silent check && npm test --silent); }
vscode_package() { (cd editors/vscode && npm run --silent package -- --out ../../target/editors/vsix); }
vscode_system() { # what the workbench is compiled with and shown by
  need "${MINIGUARD_CHROMIUM:-/usr/bin/chromium}" /usr/share/fonts/opentype/noto /usr/include/krb5.h g++ make python3
}

if command -v npm >/dev/null && [ "$(node -p 'Number(process.versions.node.split(".")[0]) >= 20')" = true ]; then
  step 'VS Code extension: installation' vscode_install
  step 'VS Code extension: unit tests' vscode_unit
  step 'VS Code extension: package' vscode_package
  debug_build
  if vscode_system && tests/editors/vscode/get.sh; then
    step 'VS Code extension: a session in the workbench' tests/editors/vscode/run.sh "$server"
  else
    skip 'VS Code extension: a session in the workbench' 'Chromium or code-server cannot be installed'
  fi
else
  skip 'VS Code extension' 'Node 20 or newer with npm is needed'
fi
