-- The client of `miniguard lsp` for Neovim 0.7 and newer.
-- The one thing to know: it starts only inside a mini-program, once for each root, and asks nothing of other plugins.

local M = {}

local uv = vim.uv or vim.loop

M.filetypes = { 'javascript', 'typescript', 'json', 'jsonc', 'wxml' }

--- The nearest folder, from `folder` upwards, that holds `name` and satisfies `accept`.
local function upward(folder, name, accept)
  while folder do
    local path = folder .. '/' .. name
    local stat = uv.fs_stat(path)
    if stat and stat.type == 'file' and (not accept or accept(path)) then
      return folder
    end
    local parent = vim.fn.fnamemodify(folder, ':h')
    folder = parent ~= folder and parent or nil
  end
end

--- Whether an app.json is a mini-program's: other frameworks have files of that name, but theirs list no pages.
local function lists_pages(path)
  local file = io.open(path, 'rb')
  if not file then
    return false
  end
  local text = file:read('*a')
  file:close()
  return text:find('"pages"', 1, true) ~= nil
end

--- The workspace that the file at `path` belongs to: the folder of the nearest project.config.json, else of the nearest
--- app.json, widened to the folder of a miniguard.json above it. `nil` outside mini-programs.
function M.root(path)
  if path == '' or path:find('^%a[%w+.-]+://') then
    return nil
  end
  local folder = vim.fn.fnamemodify(path, ':p:h')
  local program = upward(folder, 'project.config.json') or upward(folder, 'app.json', lists_pages)
  return program and (upward(program, 'miniguard.json') or program)
end

--- Tells the server the language of the editor, which Neovim leaves out. "C" is no language.
function M.before_init(params)
  local language, region = vim.v.lang:match('^(%a%a)_?(%a*)')
  if language then
    params.locale = region ~= '' and (language .. '-' .. region) or language
  end
end

--- Says, once, that there is no server. Returns whether there is one.
local function present(command)
  if vim.fn.executable(command) == 1 then
    return true
  end
  local message = vim.v.lang:find('^zh')
      and '找不到 miniguard 可执行文件“%s”。请安装（见 README 的“安装”），或在 setup({ cmd = … }) 中指定其路径。'
    or 'miniguard: no executable "%s". Install it (README, "Installing"), or name it in setup({ cmd = … }).'
  vim.schedule(function()
    vim.notify(message:format(command), vim.log.levels.WARN)
  end)
  return false
end

--- Neovim 0.7 has no `vim.lsp.start`: one client for each root, started at its first buffer.
local function start_client(config, buffer)
  for _, client in pairs(vim.lsp.get_active_clients()) do
    if client.name == config.name and client.config.root_dir == config.root_dir and not client.is_stopped() then
      return vim.lsp.buf_attach_client(buffer, client.id)
    end
  end
  local id = vim.lsp.start_client(config)
  return id and vim.lsp.buf_attach_client(buffer, id)
end

--- Attaches a buffer, if it is a file of a mini-program.
local function attach(buffer, config)
  local root = vim.bo[buffer].buftype == '' and M.root(vim.api.nvim_buf_get_name(buffer))
  if not root then
    return
  end
  config = vim.tbl_extend('force', config, { root_dir = root })
  if vim.lsp.start then
    vim.api.nvim_buf_call(buffer, function()
      vim.lsp.start(config)
    end)
  else
    start_client(config, buffer)
  end
end

--- Starts the server for every mini-program that is opened from now on, and for those open already.
---
--- `options` are those of `vim.lsp.start_client()`; mostly `cmd`, the command line of the server, and
--- `init_options = { locale = 'zh-CN' }`, the language of its messages.
function M.setup(options)
  local config = vim.tbl_deep_extend('force', {
    name = 'miniguard',
    cmd = { 'miniguard', 'lsp' },
    filetypes = M.filetypes,
    before_init = M.before_init,
  }, options or {})
  --- What the client was set up with.
  M.config = config
  if not present(config.cmd[1]) then
    return
  end

  if vim.fn.has('nvim-0.11') == 1 then
    vim.lsp.config('miniguard', config)
    vim.lsp.enable('miniguard')
    return
  end

  local filetypes = config.filetypes
  config = vim.tbl_extend('force', config, {})
  config.filetypes = nil
  vim.api.nvim_create_autocmd('FileType', {
    group = vim.api.nvim_create_augroup('miniguard', { clear = true }),
    pattern = filetypes,
    callback = function(event)
      attach(event.buf, config)
    end,
  })
  for _, buffer in ipairs(vim.api.nvim_list_bufs()) do
    if vim.api.nvim_buf_is_loaded(buffer) and vim.tbl_contains(filetypes, vim.bo[buffer].filetype) then
      attach(buffer, config)
    end
  end
end

return M
