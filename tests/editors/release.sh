#!/usr/bin/env bash
# An editor from another Debian release, in a folder of its own below target/: `release.sh get SUITE PACKAGE…`, then
# `release.sh nvim|hx|emacs-nox SUITE [ARG…]`. The packages are only unpacked, and run by their own loader, so that nothing is
# installed, mounted or entered, and no right is needed.
set -euo pipefail
what=$1 suite=$2; shift 2
target=$(cd "$(dirname "$0")/../.." && pwd)/target/editors
folder=$target/$suite

if [ "$what" = get ]; then
  packages=$(IFS=,; echo "$*")
  if [ "$(cat "$folder/complete" 2>/dev/null)" = "$packages" ]; then exit; fi
  rm -rf "$folder"
  mkdir -p "$target"
  # The mirror that the machine uses already, where it uses one of Debian's.
  mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Origin: Debian' 'Label: Debian' 'Component: main' 2>/dev/null | head -1)
  mmdebstrap --quiet --variant=extract --aptopt='Acquire::Check-Valid-Until "false"' --include="$packages" "$suite" "$folder" \
    ${mirror:+"$mirror"}
  echo "$packages" >"$folder/complete"
  exit
fi

loaders=("$folder"/usr/lib/*/ld-linux*.so.*)
libraries=$(dirname "${loaders[0]}")
case $what in
  nvim)
    export VIMRUNTIME=$folder/usr/share/nvim/runtime
    # Its own parsers, which it looks for where the package would be installed.
    set -- --cmd "set runtimepath+=$folder/usr/lib/nvim" "$@"
    ;;
  hx) export HELIX_RUNTIME=$folder/usr/lib/hx/runtime ;;
  emacs-nox)
    share=$(echo "$folder"/usr/share/emacs/[0-9]*)
    EMACSLOADPATH=$(find "$share/lisp" -type d -printf '%p:')
    EMACSPATH=$(echo "$folder"/usr/libexec/emacs/[0-9]*/*)
    export EMACSLOADPATH EMACSPATH EMACSDATA=$share/etc EMACSDOC=$share/etc
    set -- --dump-file="$(echo "$EMACSPATH"/emacs-*.pdmp)" "$@"
    ;;
esac
program=$(readlink -f "$folder/usr/bin/$what")
exec "${loaders[0]}" --library-path "$libraries" "$program" "$@"
