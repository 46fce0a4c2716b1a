# shellcheck shell=bash
# Real editors with the debug build: Neovim 0.7 and Vim of Debian 12; Neovim, Helix and Emacs of the release after it; Neovim and Helix of
# testing. Sourced by ./test.

debug_build

if need nvim; then
  step "Neovim of this machine" tests/editors/neovim.sh "$server" nvim
else
  skip 'Neovim of this machine' 'the package neovim cannot be installed'
fi

if need vim /usr/share/vim-ale; then
  step 'Vim of this machine, with ALE' tests/editors/vim.sh "$server"
else
  skip 'Vim of this machine, with ALE' 'the packages vim and vim-ale cannot be installed'
fi

# Testing brings the newest versions. They change under us, as they do under its users.
for suite in trixie forky; do
  editors_of_suite='neovim hx'
  if [ "$suite" = trixie ]; then editors_of_suite+=' emacs-nox'; fi
  # shellcheck disable=SC2086
  if need mmdebstrap /usr/share/keyrings/debian-archive-keyring.gpg &&
    { tests/editors/release.sh get "$suite" $editors_of_suite ||
      { debian debian-archive-keyring; tests/editors/release.sh get "$suite" $editors_of_suite; }; }; then
    if [[ $editors_of_suite == *emacs* ]]; then
      step "Emacs of Debian $suite" tests/editors/emacs.sh "$server" tests/editors/release.sh emacs-nox "$suite"
    fi
    step "Neovim of Debian $suite" tests/editors/neovim.sh "$server" "$PWD/tests/editors/release.sh" nvim "$suite"
    if need tmux; then
      step "Helix of Debian $suite" tests/editors/helix.sh "$server" "$PWD/tests/editors/release.sh" hx "$suite"
    else
      skip "Helix of Debian $suite" 'the package tmux cannot be installed'
    fi
  else
    skip "The editors of Debian $suite" 'mmdebstrap cannot get the packages'
  fi
done
