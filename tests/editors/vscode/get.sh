#!/usr/bin/env bash
# Puts the VS Code workbench (code-server), its Node and playwright-core below target/editors/vscode. Nothing is installed
# outside that folder; what Debian has to give (Chromium, a compiler) is the caller's to install first.
# Native modules are compiled against the headers of the Node that will run them, so that Node comes
# first, as the package of its platform, and alone: npm would take it away again while the modules are being compiled.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
folder=$(cd "$here/../../.." && pwd)/target/editors/vscode
node=24.21.0
wanted=$node-$(cat "$here/package-lock.json" | sha256sum | cut -c1-16)
if [ "$(cat "$folder/complete" 2>/dev/null)" = "$wanted" ]; then exit; fi

rm -rf "$folder"
mkdir -p "$folder/node" "$folder/workbench"
platform=$(node -p 'process.platform + "-" + process.arch')
npm install --silent --no-save --no-audit --no-fund --ignore-scripts --prefix "$folder/node" "node-$platform@$node"
ln -s "node_modules/node-$platform" "$folder/node/current"
cp "$here"/{package.json,package-lock.json,.npmrc} "$folder/workbench/"
export PATH=$folder/node/current/bin:$PATH npm_config_nodedir=$folder/node/current
npm ci --silent --no-audit --no-fund --prefix "$folder/workbench" >"$folder/log" 2>&1 || { tail -30 "$folder/log"; exit 1; }
echo "$wanted" >"$folder/complete"
