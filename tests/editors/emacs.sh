#!/usr/bin/env bash
# A session in Emacs: `emacs.sh SERVER EMACS [ARG…]`, with the configuration that docs/editors.md shows, in a home directory
# and a copy of fixtures/teashop of its own.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
server=$1; shift
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

mkdir -p "$place/home" "$place/bin"
cp -r "$root/fixtures/teashop" "$place/teashop"
ln -s "$server" "$place/bin/miniguard"
sed -n '/^```elisp$/,/^```$/{/^```/d;p}' "$root/docs/editors.md" >"$place/init.el"
grep -q eglot-server-programs "$place/init.el"

HOME=$place/home XDG_CONFIG_HOME=$place/home LANG=C.UTF-8 LC_ALL=C.UTF-8 PATH=$place/bin:$PATH PROGRAM=$place/teashop \
  timeout 120 "$@" -Q --batch -l "$place/init.el" -l "$root/tests/editors/emacs.el" >"$place/said" 2>&1 ||
  { cat "$place/said"; exit 1; }
# Not what the editor says of the server that was killed on purpose.
grep -o 'Emacs [0-9.]*: [0-9]* steps passed' "$place/said"
