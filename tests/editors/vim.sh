#!/usr/bin/env bash
# A session in Vim with ALE: `vim.sh SERVER`, with the configuration that docs/editors.md shows, in a home directory and a copy of
# fixtures/teashop of its own. ALE is that of the Debian package.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
server=$1
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

mkdir -p "$place/home" "$place/bin"
cp -r "$root/fixtures/teashop" "$place/teashop"
ln -s "$server" "$place/bin/miniguard"
{
  echo 'set nocompatible'
  echo 'packadd! ale'
  # Linters of the machine would answer, too.
  echo "let g:ale_linters = {'javascript': ['miniguard'], 'json': ['miniguard'], 'wxml': ['miniguard']}"
  echo 'filetype plugin on'
  sed -n '/^```vim$/,/^```$/{/^```/d;p}' "$root/docs/editors.md"
} >"$place/vimrc"
grep -q MiniguardDefine "$place/vimrc"

export HOME=$place/home LC_ALL=C.UTF-8 TERM=dumb PATH=$place/bin:$PATH PROGRAM=$place/teashop OUT=$place/out
cd "$place/teashop"
# Not in the silent mode of `-es`, which fires no VimEnter; the screen that it draws is not read.
timeout 120 vim --not-a-term -n -u "$place/vimrc" -S "$root/tests/editors/vim.vim" pages/menu/menu.js >"$place/screen" 2>&1 </dev/null ||
  { cat "$place/out" 2>/dev/null || tail -c 2000 "$place/screen"; exit 1; }
cat "$place/out"
