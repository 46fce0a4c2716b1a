-- A newcomer's first minute in Neovim: run by neovim.sh with nothing but what the README says in the configuration. The one thing to
-- know: this only looks, and chooses from the menu; the file is opened on the command line, as a person does.
local begun = vim.loop.hrtime()

local function since()
  return math.floor((vim.loop.hrtime() - begun) / 1e6)
end

local function fail(what)
  io.stderr:write('the newcomer: ' .. what .. '\n')
  vim.cmd('cquit 1')
end

local found
if not vim.wait(50000, function()
  for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
    if diagnostic.message:find('wx.request uses http://', 1, true) then
      found = diagnostic
    end
  end
  return found ~= nil
end, 20) then
  fail('no finding')
end
local first = since()

vim.api.nvim_win_set_cursor(0, { found.lnum + 1, found.col })
vim.ui.select = function(items, options, choose)
  for i, item in ipairs(items) do
    if options.format_item(item):find('Use https://', 1, true) then
      return choose(item, i)
    end
  end
  fail('the fix is not offered')
end
vim.lsp.buf.code_action()
if not vim.wait(50000, function()
  return vim.fn.search("url: 'https://api.teashop.example.com/coupons'", 'nw') > 0
end, 20) then
  fail('no fix')
end
io.stdout:write(('a newcomer: the first finding after %d ms, the first fix after %d ms\n'):format(first, since()))
vim.cmd('qall!')
