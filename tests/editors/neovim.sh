#!/usr/bin/env bash
# A session in Neovim: `neovim.sh SERVER NVIM [ARG…]`, in a home directory and a copy of fixtures/teashop of its own.
# The parser is compiled as the README of editors/neovim says.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
server=$1; shift
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

mkdir -p "$place/home" "$place/config" "$place/data/nvim/site/parser" "$place/elsewhere" "$place/expo"
cp -r "$root/fixtures/teashop" "$place/teashop"
printf 'wx.getLocation()\n' >"$place/elsewhere/app.js"
printf '{ "expo": {} }\n' >"$place/expo/app.json"
src=$root/grammars/wxml/src
cc -shared -fPIC -O2 -I "$src" "$src/parser.c" "$src/scanner.c" -o "$place/data/nvim/site/parser/wxml.so"

# Only what the user would have: the plugin on the runtime path, nothing of the machine's own configuration.
HOME=$place/home XDG_CONFIG_HOME=$place/config XDG_DATA_HOME=$place/data XDG_STATE_HOME=$place/home XDG_CACHE_HOME=$place/home \
  LC_ALL=C.UTF-8 MINIGUARD=$server PROGRAM=$place/teashop \
  timeout 60 "$@" --headless -n -i NONE --cmd "set runtimepath^=$root/editors/neovim" \
  -c "luafile $root/tests/editors/neovim.lua" -c "cquit 1"
