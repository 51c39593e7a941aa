-- Drives Neovim's own client: opens a flow, waits for each answer, and writes what came of it as JSON.
local command, flow, output = vim.env.SERVER, vim.env.FLOW, vim.env.OUTPUT
local result = {}

local function wait(what, condition)
  if not vim.wait(20000, condition, 20) then error("no " .. what .. " within 20 s") end
end

local function texts(buffer) return vim.api.nvim_buf_get_lines(buffer or 0, 0, -1, true) end

local function at(pattern, offset)
  for number, line in ipairs(texts()) do
    local column = line:find(pattern, 1, true)
    if column then vim.api.nvim_win_set_cursor(0, { number, column - 1 + (offset or 0) }) return end
  end
  error("nothing like " .. pattern)
end

local function messages()
  return vim.tbl_map(function(found) return { found.lnum, found.col, found.code, found.source, found.severity, found.message } end, vim.diagnostic.get(0))
end

local function run()
  vim.cmd("edit " .. flow)
  vim.bo.filetype = "yaml"
  local client = vim.lsp.start_client({ name = "flowlang", cmd = vim.fn.split(command, "\t"), root_dir = vim.fn.fnamemodify(flow, ":h:h") })
  vim.lsp.buf_attach_client(0, client)
  wait("diagnostics", function() return #vim.diagnostic.get(0) > 0 end)
  result.diagnostics = messages()

  at("restart: onfailure", 10)
  vim.ui.select = function(items, options, choose)
    result.actions = vim.tbl_map(function(item) return options.format_item(item) end, items)
    for _, item in ipairs(items) do
      if options.format_item(item):find("Replace by", 1, true) then return choose(item) end
    end
    error("no fix among the actions")
  end
  vim.lsp.buf.code_action()
  wait("fix", function() return table.concat(texts(), "\n"):find("restart: on%-failure") ~= nil end)
  wait("diagnostics of the fixed text", function() return #vim.diagnostic.get(0) == 0 end)

  at("images.train.ref", 8)
  vim.lsp.buf.hover()
  local window
  wait("hover", function()
    for _, each in ipairs(vim.api.nvim_list_wins()) do
      if vim.api.nvim_win_get_config(each).relative ~= "" then window = each end
    end
    return window ~= nil
  end)
  result.hover = texts(vim.api.nvim_win_get_buf(window))
  vim.api.nvim_win_close(window, true)

  local from = vim.api.nvim_win_get_cursor(0)
  vim.lsp.buf.definition()
  wait("definition", function() return vim.api.nvim_win_get_cursor(0)[1] ~= from[1] end)
  result.definition = vim.api.nvim_win_get_cursor(0)

  vim.lsp.buf.rename("fit")
  wait("rename", function() return table.concat(texts(), "\n"):find("images.fit.ref", 1, true) ~= nil end)
  result.renamed = texts()
end

local fine, problem = pcall(run)
if not fine then result.error = tostring(problem) end
vim.fn.writefile({ vim.fn.json_encode(result) }, output)
vim.lsp.stop_client(vim.lsp.get_active_clients(), true)
vim.cmd("qa!")
