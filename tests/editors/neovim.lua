-- A session in a real Neovim, of any version from 0.7 on: run by neovim.sh, which sets MINIGUARD (the server) and PROGRAM
-- (a copy of fixtures/teashop). The one thing to know: every wait is for a condition; what does not come is a failure.

local server, program = os.getenv('MINIGUARD'), os.getenv('PROGRAM')

local function wait_for(what, condition)
  local value
  local came = vim.wait(30000, function()
    value = condition()
    return value
  end, 20)
  assert(came, 'waited in vain for ' .. what)
  return value
end

local function equal(actual, expected, what)
  if not vim.deep_equal(actual, expected) then
    error(('%s: expected %s, found %s'):format(what, vim.inspect(expected), vim.inspect(actual)), 2)
  end
end

local function clients()
  local found = {}
  for _, client in pairs((vim.lsp.get_clients or vim.lsp.get_active_clients)()) do
    if client.name == 'miniguard' then
      table.insert(found, client)
    end
  end
  return found
end

local function attached(buffer)
  return clients()[1] ~= nil and vim.lsp.buf_is_attached(buffer, clients()[1].id)
end

local function open(path)
  vim.cmd('edit ' .. vim.fn.fnameescape(program .. '/' .. path))
  return vim.api.nvim_get_current_buf()
end

--- Opens a file of the program and waits for its client: findings may come before the buffer is attached.
local function visit(path)
  local buffer = open(path)
  wait_for('the client', function()
    return attached(buffer)
  end)
  return buffer
end

--- The diagnostics of a rule in a buffer, top to bottom.
local function of_rule(buffer, rule)
  local found = vim.tbl_filter(function(diagnostic)
    return diagnostic.code == rule or vim.tbl_get(diagnostic, 'user_data', 'lsp', 'code') == rule
  end, vim.diagnostic.get(buffer))
  table.sort(found, function(a, b)
    return a.lnum < b.lnum
  end)
  return found
end

--- The text that a diagnostic underlines, one line at most.
local function underlined(buffer, diagnostic)
  local line = vim.api.nvim_buf_get_lines(buffer, diagnostic.lnum, diagnostic.lnum + 1, true)[1]
  return line:sub(diagnostic.col + 1, diagnostic.end_col)
end

local function only(buffer, rule)
  return wait_for(rule, function()
    local found = of_rule(buffer, rule)
    return #found == 1 and found[1]
  end)
end

local function gone(buffer, rule)
  wait_for(rule .. ' to go', function()
    return #of_rule(buffer, rule) == 0
  end)
end

--- Applies a code action the way a user does: the cursor on the place, the title chosen from the menu.
local function apply(diagnostic, title)
  vim.api.nvim_win_set_cursor(0, { diagnostic.lnum + 1, diagnostic.col })
  local offered, chosen
  vim.ui.select = function(items, options, choose)
    offered = vim.tbl_map(options.format_item, items)
    for i, shown in ipairs(offered) do
      if shown == title or shown:find(title, 1, true) == 1 then
        chosen = true
        return choose(items[i], i)
      end
    end
  end
  vim.lsp.buf.code_action()
  wait_for('the menu of code actions', function()
    return offered
  end)
  assert(chosen, ('no "%s" among %s'):format(title, vim.inspect(offered)))
end

local function lines_with(buffer, text)
  return vim.tbl_filter(function(line)
    return line:find(text, 1, true) ~= nil
  end, vim.api.nvim_buf_get_lines(buffer, 0, -1, true))
end

local function write(path, text)
  local file = assert(io.open(path, 'wb'))
  file:write(text)
  file:close()
end

local steps = {}

local function step(name, run)
  table.insert(steps, { name, run })
end

step('a missing server is said once, with what to do', function()
  local said = {}
  local notify = vim.notify
  vim.notify = function(message)
    table.insert(said, message)
  end
  require('miniguard').setup({ cmd = { program .. '/no-such-server', 'lsp' } })
  wait_for('the message', function()
    return #said > 0
  end)
  vim.notify = notify
  equal(#said, 1, 'messages')
  assert(said[1]:find('no-such-server', 1, true) and said[1]:find('cmd', 1, true), said[1])
end)

step('the root is the program, or the folder of the settings above it', function()
  local root = require('miniguard').root
  local above = vim.fn.fnamemodify(program, ':h')
  equal(root(program .. '/pages/menu/menu.js'), program, 'root')
  equal(root(above .. '/elsewhere/app.js'), nil, 'root of a script outside')
  equal(root(above .. '/expo/app.js'), nil, 'root beside an app.json without pages')
  equal(root('fugitive://' .. program .. '/app.js'), nil, 'root of what is not a file')
  write(above .. '/miniguard.json', '{}')
  equal(root(program .. '/pages/menu/menu.js'), above, 'root below settings')
  os.remove(above .. '/miniguard.json')
end)

local exit, outside
step('the server starts in a program', function()
  require('miniguard').setup({
    cmd = { server, 'lsp' },
    init_options = { locale = 'en' },
    on_exit = function(code)
      exit = code
    end,
  })
  visit('pages/menu/menu.js')
  equal(vim.bo.filetype, 'javascript', 'file type')
  outside = open('../elsewhere/app.js')
  equal(vim.bo.filetype, 'javascript', 'file type')
end)

step('edits with Chinese and emoji keep places right, and a fix lands there', function()
  local buffer = visit('pages/menu/menu.js')
  local diagnostic = only(buffer, 'insecure-url')
  equal(underlined(buffer, diagnostic), "'http://api.teashop.example.com/coupons'", 'underlined')
  equal(diagnostic.message:match('^[^\n]*'), 'wx.request uses http://, but only https:// is allowed', 'message')

  -- Above the place, and before it in its line; typed in pieces, so that each is a change of its own.
  vim.api.nvim_buf_set_lines(buffer, 0, 0, true, { '// 一叶茶铺 🍵 👨‍👩‍👧', '' })
  local row = diagnostic.lnum + 2
  for _, piece in ipairs({ '/* ', '茶', '🍵', '叶子', ' */ ' }) do
    local line = vim.api.nvim_buf_get_lines(buffer, row, row + 1, true)[1]
    local column = line:find('url:', 1, true) - 1
    vim.api.nvim_buf_set_text(buffer, row, column, row, column, { piece })
  end
  diagnostic = wait_for('the place to follow', function()
    local found = of_rule(buffer, 'insecure-url')
    return #found == 1 and underlined(buffer, found[1]):find("^'http://.*'$") and found[1].lnum == row and found[1]
  end)
  apply(diagnostic, 'Use https://')
  gone(buffer, 'insecure-url')
  equal(lines_with(buffer, '/coupons'), {
    "      /* 茶🍵叶子 */ url: 'https://api.teashop.example.com/coupons',",
  }, 'the line')
  vim.cmd('silent undo')
  only(buffer, 'insecure-url')
  vim.cmd('silent redo')
  gone(buffer, 'insecure-url')
end)

step('a fix in app.json takes the finding from a script that is not edited', function()
  local script = visit('pages/checkout/checkout.js')
  local diagnostic = only(script, 'undeclared-private-interface')
  equal(
    diagnostic.message:match('^[^\n]*'),
    'wx.chooseAddress is not declared in `requiredPrivateInfos` of app.json',
    'message'
  )
  local before = vim.api.nvim_buf_get_lines(script, 0, -1, true)
  apply(diagnostic, 'Declare chooseAddress in app.json')
  gone(script, 'undeclared-private-interface')
  equal(vim.api.nvim_buf_get_lines(script, 0, -1, true), before, 'the script')
  equal(lines_with(vim.fn.bufnr(program .. '/app.json'), '"chooseAddress"'), { '    "chooseAddress"' }, 'app.json')
end)

step('typing in app.json changes what a script is told', function()
  local manifest, script = visit('app.json'), vim.fn.bufnr(program .. '/pages/checkout/checkout.js')
  equal(vim.bo.filetype, 'json', 'file type')
  local row = vim.fn.search('"chooseAddress"') - 1
  vim.api.nvim_buf_set_lines(manifest, row, row + 1, true, { '    "chooseInvoice"' })
  only(script, 'undeclared-private-interface')
end)

step('templates have their file type, diagnostics and hovers', function()
  local template = visit('pages/me/me.wxml')
  equal(vim.bo.filetype, 'wxml', 'file type')
  equal(vim.bo.commentstring, '<!-- %s -->', 'comments')
  local found = wait_for('findings in a template', function()
    local found = of_rule(template, 'regulated-interface')
    return #found == 3 and found
  end)
  equal(underlined(template, found[1]), 'open-type', 'underlined')

  vim.api.nvim_win_set_cursor(0, { found[1].lnum + 1, found[1].col + 2 })
  local encoding = clients()[1].offset_encoding
  local place = vim.lsp.util.make_position_params(0, encoding)
  local answers = vim.lsp.buf_request_sync(template, 'textDocument/hover', place, 30000)
  local answer = answers and answers[clients()[1].id]
  local text = vim.tbl_get(answer or {}, 'result', 'contents', 'value') or ''
  assert(text:find('chooseAvatar', 1, true), 'hover: ' .. vim.inspect(answers))
end)

step('templates are highlighted where the editor reads the grammar', function()
  if vim.fn.has('nvim-0.11') == 0 then
    return
  end
  local template = visit('pages/me/me.wxml')
  local parser = vim.treesitter.get_parser(template)
  parser:parse(true)
  assert(vim.treesitter.highlighter.active[template], 'no highlighter')
  local captures = vim.tbl_map(function(capture)
    return capture.capture
  end, vim.treesitter.get_captures_at_pos(template, 0, 1))
  assert(vim.tbl_contains(captures, 'tag'), vim.inspect(captures))
  for _, query in ipairs({ 'folds', 'highlights', 'indents', 'injections' }) do
    assert(vim.treesitter.query.get('wxml', query), query .. ' is not found')
  end
end)

step('the inventory is shown in a window of its own', function()
  visit('pages/menu/menu.js')
  vim.cmd('Miniguard inventory')
  local buffer = wait_for('the window', function()
    return vim.bo.filetype == 'markdown' and vim.api.nvim_get_current_buf()
  end)
  assert(#lines_with(buffer, 'wx.getLocation') > 0, 'wx.getLocation is not in the inventory')
  equal(vim.bo.modifiable, false, 'modifiable')
  vim.cmd('bwipeout')
end)

--- What stands above and beside the lines of a buffer.
local function virtual_text(buffer)
  local text = {}
  for name, namespace in pairs(vim.api.nvim_get_namespaces()) do
    if name:find('codelens') then
      for _, mark in ipairs(vim.api.nvim_buf_get_extmarks(buffer, namespace, 0, -1, { details = true })) do
        table.insert(text, vim.inspect(mark[4].virt_text or mark[4].virt_lines))
      end
    end
  end
  return table.concat(text, '\n')
end

step('code lenses are shown, and hidden again', function()
  local buffer = visit('pages/me/me.js')
  vim.cmd('MiniguardLens')
  wait_for('a lens', function()
    vim.cmd('redraw')
    return virtual_text(buffer):find('personal information', 1, true)
  end)
  vim.cmd('MiniguardLens')
  wait_for('no lens', function()
    vim.cmd('redraw')
    return virtual_text(buffer) == ''
  end)
end)

step('the help is found', function()
  vim.cmd('silent helptags ' .. vim.fn.fnameescape(vim.fn.fnamemodify(program, ':h') .. '/plugin/doc'))
  for _, tag in ipairs({ 'miniguard', 'miniguard-setup', ':Miniguard', ':MiniguardLens' }) do
    vim.cmd('help ' .. tag)
    equal(vim.fn.expand('%:t'), 'miniguard.txt', tag)
    vim.cmd('helpclose')
  end
end)

step('one server serves the program, and no script outside it', function()
  equal(#clients(), 1, 'clients')
  equal(attached(outside), false, 'attached outside')
end)

step('a server that is killed is replaced with the next file that is opened', function()
  local own = vim.fn.getpid()
  local killed = 0
  for _, pid in ipairs(vim.split(vim.fn.readfile(('/proc/%d/task/%d/children'):format(own, own))[1], ' ', { trimempty = true })) do
    if vim.fn.resolve(('/proc/%s/exe'):format(pid)) == vim.fn.resolve(server) then
      vim.loop.kill(tonumber(pid), 'sigkill')
      killed = killed + 1
    end
  end
  equal(killed, 1, 'servers')
  wait_for('the client to go', function()
    return #clients() == 0
  end)
  exit = nil
  local buffer = visit('pages/index/index.js')
  wait_for('findings of another server', function()
    return #vim.diagnostic.get(buffer) > 0
  end)
  equal(#clients(), 1, 'clients')
end)

step('the server ends with its client', function()
  local client = clients()[1]
  if vim.fn.has('nvim-0.11') == 1 then
    client:stop()
  else
    client.stop()
  end
  equal(wait_for('the exit', function()
    return exit
  end), 0, 'exit status')
end)

local done = 0
for _, part in ipairs(steps) do
  local fine, trouble = xpcall(part[2], debug.traceback)
  if not fine then
    io.stderr:write(('\n%s\n  %s\n'):format(part[1], trouble))
    vim.cmd('cquit 1')
  end
  done = done + 1
end
local version = vim.version()
io.stdout:write(('Neovim %d.%d.%d: %d steps passed\n'):format(version.major, version.minor, version.patch, done))
vim.cmd('qall!')
