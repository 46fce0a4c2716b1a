-- Code lenses: what a page or component handles, above its first line. The one thing to know: Neovim 0.12 keeps them up to date
-- by itself; before, they are asked for again on the events that editors use for it.

local M = {}

local GROUP = 'miniguard_lens'

local shown = false

local function has_client(buffer)
  for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)({ bufnr = buffer })) do
    if client.name == 'miniguard' and vim.lsp.buf_is_attached(buffer, client.id) then
      return true
    end
  end
  return false
end

local function refresh()
  if has_client(vim.api.nvim_get_current_buf()) then
    vim.lsp.codelens.refresh()
  end
end

local function hide()
  for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
    if name:find('lsp[._]codelens') then
      for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
        vim.api.nvim_buf_clear_namespace(buffer, namespace, 0, -1)
      end
    end
  end
end

--- Shows the lenses of all files, or hides them.
function M.toggle()
  shown = not shown
  if vim.lsp.codelens.enable then
    return vim.lsp.codelens.enable(shown)
  end
  local group = vim.api.nvim_create_augroup(GROUP, { clear = true })
  if not shown then
    return hide()
  end
  vim.api.nvim_create_autocmd({ 'BufEnter', 'CursorHold', 'InsertLeave', 'BufWritePost' }, { group = group, callback = refresh })
  refresh()
end

return M
