-- The commands, on every start; what they do is read when one is used.
if vim.g.loaded_miniguard or vim.fn.has('nvim-0.7') == 0 then
  return
end
vim.g.loaded_miniguard = true

local subcommands = { 'check', 'domains', 'inventory', 'privacy-guide', 'report' }

vim.api.nvim_create_user_command('Miniguard', function(command)
  require('miniguard.run').show(command.fargs)
end, {
  nargs = '+',
  complete = function(beginning)
    return vim.tbl_filter(function(name)
      return name:find(beginning, 1, true) == 1
    end, subcommands)
  end,
  desc = 'Run miniguard on the mini-program of this file, and show what it prints',
})

vim.api.nvim_create_user_command('MiniguardLens', function()
  require('miniguard.lens').toggle()
end, { desc = 'Show or hide what a page or component handles, above its first line' })
