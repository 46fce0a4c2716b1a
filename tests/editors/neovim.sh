#!/usr/bin/env bash
# Two sessions in Neovim: `neovim.sh SERVER NVIM [ARG…]`, in home directories and copies of fixtures/teashop of their own.
# The first is a newcomer's, who does what the README of editors/neovim says and nothing else.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
server=$1; shift
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT

# The newcomer: the commands of the README, in the root of a checkout; then a program is opened and the first fix applied.
mkdir -p "$place/new/home" "$place/bin" "$place/checkout"
ln -s "$root"/{editors,grammars} "$place/checkout/"
mkdir "$place/checkout/fixtures"
cp -r "$root/fixtures/teashop" "$place/checkout/fixtures/"
ln -s "$server" "$place/bin/miniguard"
commands=$(sed -n '/^```sh$/,/^```$/{/^```/d;p}' "$root/editors/neovim/README.md")
grep -q init.lua <<<"$commands" && grep -q parser.c <<<"$commands"
(
  cd "$place/checkout"
  unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
  export HOME=$place/new/home PATH=$place/bin:$PATH LC_ALL=C.UTF-8
  bash -e <<<"$commands"
  timeout 60 "$@" --headless -n fixtures/teashop/pages/menu/menu.js -c "luafile $root/tests/editors/newcomer.lua" -c 'cquit 1'
  test -e "$HOME/.local/share/nvim/site/parser/wxml.so"
)

mkdir -p "$place/home" "$place/config" "$place/data/nvim/site" "$place/elsewhere" "$place/expo"
cp -r "$place/new/home/.local/share/nvim/site/parser" "$place/data/nvim/site/"
cp -r "$root/fixtures/teashop" "$place/teashop"
cp -r "$root/editors/neovim" "$place/plugin"
printf 'wx.getLocation()\n' >"$place/elsewhere/app.js"
printf '{ "expo": {} }\n' >"$place/expo/app.json"

# Only what the user would have: the plugin on the runtime path, nothing of the machine's own configuration.
HOME=$place/home XDG_CONFIG_HOME=$place/config XDG_DATA_HOME=$place/data XDG_STATE_HOME=$place/home XDG_CACHE_HOME=$place/home \
  LC_ALL=C.UTF-8 MINIGUARD=$server PROGRAM=$place/teashop \
  timeout 60 "$@" --headless -n -i NONE --cmd "set runtimepath^=$place/plugin" \
  -c "luafile $root/tests/editors/neovim.lua" -c "cquit 1" >"$place/said" 2>&1 || { cat "$place/said"; exit 1; }
# Not what the editor says of the server that was killed on purpose.
grep -o 'Neovim [0-9.]*: [0-9]* steps passed' "$place/said"
