#!/usr/bin/env bash
# The extension in a real workbench: `run.sh SERVER`. Needs what get.sh put below target/, and Chromium.
set -euo pipefail
root=$(cd "$(dirname "$0")/../../.." && pwd)
export MINIGUARD=$1 PATH=$root/target/editors/vscode/node/current/bin:$PATH
out=$root/target/editors/vsix
node "$root/editors/vscode/package.mjs" --out "$out" >/dev/null
VSIX=$(echo "$out"/*.vsix) timeout 600 node --test "$root"/tests/editors/vscode/*.test.mjs
