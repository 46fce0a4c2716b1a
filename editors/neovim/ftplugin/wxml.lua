-- Editing WXML. Highlighting needs the parser (`parser/wxml.so`, see the README) and Neovim 0.11 or newer.
if vim.b.did_ftplugin then
  return
end
vim.b.did_ftplugin = 1

vim.opt_local.commentstring = '<!-- %s -->'
vim.opt_local.comments = 's:<!--,e:-->'
vim.opt_local.iskeyword:append('-')
vim.opt_local.matchpairs:append('<:>')
vim.b.undo_ftplugin = 'setlocal commentstring< comments< iskeyword< matchpairs<'

if vim.fn.has('nvim-0.11') == 1 and pcall(vim.treesitter.start) then
  vim.b.undo_ftplugin = vim.b.undo_ftplugin .. ' | lua vim.treesitter.stop()'
end
