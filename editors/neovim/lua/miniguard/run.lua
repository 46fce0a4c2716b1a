-- `:Miniguard inventory` and its like: what the command line prints, in a window of its own.
-- The one thing to know: the executable reads the disk, so what is not saved is not in it.

local M = {}

--- What people read is asked for as Markdown.
local MARKDOWN = { inventory = true, report = true }

--- The executable that the client was told to use.
local function executable()
  local config = vim.fn.has('nvim-0.11') == 1 and vim.lsp.config.miniguard or require('miniguard').config
  return config and config.cmd[1] or 'miniguard'
end

local function window(name, lines, filetype)
  vim.cmd('botright new')
  vim.bo.buftype, vim.bo.bufhidden, vim.bo.swapfile = 'nofile', 'wipe', false
  vim.api.nvim_buf_set_lines(0, 0, -1, true, lines)
  pcall(vim.api.nvim_buf_set_name, 0, name)
  vim.bo.modifiable, vim.bo.filetype = false, filetype
end

--- Runs `miniguard ARGUMENTS` on the program of the current file, and shows what it prints.
function M.show(arguments)
  local file = vim.api.nvim_buf_get_name(0)
  local root = require('miniguard').root(file ~= '' and file or vim.fn.getcwd() .. '/.')
  if not root then
    return vim.notify('miniguard: this file belongs to no mini-program', vim.log.levels.WARN)
  end
  local command = vim.list_extend({ executable() }, arguments)
  local markdown = MARKDOWN[arguments[1]] and not vim.tbl_contains(arguments, '--format')
  if markdown then
    vim.list_extend(command, { '--format', 'markdown' })
  end
  table.insert(command, root)
  local printed, complaints
  vim.fn.jobstart(command, {
    stdout_buffered = true,
    stderr_buffered = true,
    on_stdout = function(_, lines)
      printed = lines
    end,
    on_stderr = function(_, lines)
      complaints = lines
    end,
    on_exit = function()
      -- An exit status of 1 means findings, which are shown like any text.
      if printed and #printed > 1 then
        printed[#printed] = nil
        return window('miniguard ' .. table.concat(arguments, ' '), printed, markdown and 'markdown' or '')
      end
      vim.notify(vim.trim(table.concat(complaints or {}, '\n')), vim.log.levels.ERROR)
    end,
  })
end

return M
