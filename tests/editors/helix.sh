#!/usr/bin/env bash
# A session in Helix: `helix.sh SERVER HX [ARG…]`, in a tmux of its own, in a home directory and a copy of fixtures/teashop of its
# own. All that is configured is what the README of editors/helix says, by its own commands.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
server=$1; shift
place=$(mktemp -d)
# One that ends with its last session may be ending when the next one begins.
echo 'set -g exit-empty off' >"$place/tmux.conf"
tmux() { command tmux -f "$place/tmux.conf" -S "$place/tmux" "$@"; }
trap 'tmux kill-server 2>/dev/null || true; rm -rf "$place"' EXIT

unset XDG_DATA_HOME
export HOME=$place/home XDG_CONFIG_HOME=$place/home/.config XDG_CACHE_HOME=$place/home/.cache LC_ALL=C.UTF-8 TERM=xterm-256color
mkdir -p "$XDG_CACHE_HOME" "$place/bin"
cp -r "$root/fixtures/teashop" "$place/teashop"
ln -s "$server" "$place/bin/miniguard"
export PATH=$place/bin:$PATH

blocks() { sed -n "/^\`\`\`$1\$/,/^\`\`\`\$/{/^\`\`\`/d;p}" "$root/editors/helix/README.md"; }
(cd "$root" && blocks sh | bash -e)
blocks toml >"$XDG_CONFIG_HOME/helix/config.toml"
grep -q inline-diagnostics "$XDG_CONFIG_HOME/helix/config.toml"

fail() { printf '%s\n' "$*"; tmux capture-pane -p -t s 2>/dev/null | grep -v '^ *~\?$' || true; exit 1; }
until_shown() { # TEXT: waits until the pane shows it
  for _ in $(seq 300); do
    if tmux capture-pane -p -t s | grep -qF -- "$1"; then return; fi
    sleep 0.1
  done
  fail "waited in vain for: $1"
}
open() { # FILE: starts Helix on it
  tmux new-session -d -s s -x 230 -y 60 -c "$place/teashop" -- "${editor[@]}" --log "$place/log" -vv "$1"
}
close() { # COMMAND: leaves Helix
  tmux send-keys -t s "$1" Enter
  for _ in $(seq 300); do
    if ! tmux has-session -t s 2>/dev/null; then return; fi
    sleep 0.1
  done
  fail 'Helix does not end'
}
editor=("$@")
version=$("${editor[@]}" --version)

health=$("${editor[@]}" --health wxml | sed 's/\x1b\[[0-9;]*m//g')
grep -qF "✓ miniguard" <<<"$health" || fail "$health"
if [ "${version#helix }" \> 25.05 ]; then # its tree-sitter reads the grammar
  for part in 'Tree-sitter parser: ✓' 'Highlight queries: ✓' 'Textobject queries: ✓' 'Indent queries: ✓' 'Tags queries: ✓'; do
    grep -qF "$part" <<<"$health" || fail "not $part: $health"
  done
fi

# A fix, chosen from the menu; in a line with Chinese and emoji before the place.
sed -i "s|      url: 'http://api|      /* 一叶🍵茶铺 */ url: 'http://api|" "$place/teashop/pages/menu/menu.js"
open pages/menu/menu.js
until_shown 'wx.request uses http://, but only https:// is allowed'
tmux send-keys -t s :17 Enter f h
tmux send-keys -t s Space a
until_shown 'Use https://'
tmux send-keys -t s Enter
until_shown "/* 一叶🍵茶铺 */ url: 'https://api.teashop.example.com/coupons'"
close :wq
grep -qF "      /* 一叶🍵茶铺 */ url: 'https://api.teashop.example.com/coupons'," "$place/teashop/pages/menu/menu.js" ||
  fail "the fix is not in the file"

grep -q '"method":"initialize"' "$place/log" || fail 'the log does not show how the server is started'

# A server that is killed is replaced for the next file that is opened.
servers() { # those of this session alone
  local process
  for process in /proc/[0-9]*; do
    if [ "$(readlink "$process/exe")" = "$(readlink -f "$server")" ] && grep -qzF "HOME=$HOME" "$process/environ"; then
      basename "$process"
    fi
  done 2>/dev/null
}
open pages/me/me.js
until_shown 'wx.getUserInfo was withdrawn'
killed=$(servers)
[ "$(wc -w <<<"$killed")" = 1 ] || fail "servers: $killed"
kill -9 "$killed"
until_shown 'Language server exited'
tmux send-keys -t s ':open pages/checkout/checkout.js' Enter
until_shown 'wx.chooseAddress is not declared'
close :q!

# A template.
open pages/me/me.wxml
until_shown 'open-type=chooseAvatar handles personal information'
close :q!

# Nothing outside a mini-program.
mkdir "$place/elsewhere"
printf 'wx.getLocation()\n' >"$place/elsewhere/app.js"
: >"$place/log"
tmux new-session -d -s s -x 230 -y 60 -c "$place/elsewhere" -- "${editor[@]}" --log "$place/log" -vv app.js
until_shown 'wx.getLocation'
close :q!
if grep -q '"method":"initialize"' "$place/log"; then fail 'the server was started outside a mini-program'; fi

printf '%s: diagnostics, a fix and a template seen\n' "$version"
