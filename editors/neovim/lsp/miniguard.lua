-- The configuration that `vim.lsp.enable('miniguard')` finds, Neovim 0.11 and newer.
local miniguard = require('miniguard')

return {
  cmd = { 'miniguard', 'lsp' },
  filetypes = miniguard.filetypes,
  before_init = miniguard.before_init,
  -- Not `root_markers`: a script outside mini-programs is not our business, and miniguard.json may stand above the program.
  root_dir = function(buffer, on_dir)
    local root = miniguard.root(vim.api.nvim_buf_get_name(buffer))
    if root then
      on_dir(root)
    end
  end,
}
