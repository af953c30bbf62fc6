-- What the staff of console.sh do: each of wrk's threads is one person with one connection and a session of their own,
-- who asks for the next page when the one before is there. As a thread has one connection, a request and its answer
-- follow each other, and the time between them is that page's, in the midst of what all others ask for.
--
--   wrk -t 20 -c 20 … -s console.lua ADDRESS -- FOLDER ROUND THINK
--
-- FOLDER/staff has a line for each person: the session's token and a page of their own (/supervision, /desk).
-- FOLDER/cases has numbers of suggestions, FOLDER/topics codes of topics; a line each. What happened goes into
-- FOLDER/ROUND.N, a line for each answer: page, status, microseconds until its last byte was there.
local ffi = require("ffi")
ffi.cdef [[
  typedef struct { long seconds, nanoseconds; } moment;
  int clock_gettime(int clock, moment *now);
]]

local threads = 0
function setup(thread)
  threads = threads + 1
  thread:set("number", threads)
end

local moment = ffi.new("moment")
local function microseconds()
  -- CLOCK_MONOTONIC of Linux.
  ffi.C.clock_gettime(1, moment)
  return tonumber(moment.seconds) * 1e6 + tonumber(moment.nanoseconds) / 1e3
end

local function lines(path)
  local found = {}
  for line in io.lines(path) do found[#found + 1] = line end
  return found
end

local function encoded(text)
  return (text:gsub("[^%w]", function(byte) return string.format("%%%02X", byte:byte()) end))
end

local function one(list) return list[math.random(#list)] end

-- Two characters, a word, two words, many hits, few hits, none.
local words = {
  "井盖", "充电", "路灯", "外卖", "电动车", "停车场", "小区门禁", "投诉电话", "充电 小区", "恐龙化石",
}
local filters = { "order=newest", "order=oldest", "order=support", "urgency=danger", "kind=fault", "near=1" }

local cases, topics, own, headers, log
local page, begun
local turn = 0

-- Of a hundred requests, how many; the rest of the hundred goes to the person's own page.
local shares = {
  { "queue", 40, function()
    -- The page as one comes to it, and as one opens an item without JavaScript.
    return math.random(2) == 1 and "/queue" or "/queue?item=" .. one(cases)
  end },
  { "pane", 25, function() return "/cases/" .. one(cases) .. "/pane" end },
  { "news", 15, function()
    local first = math.random(math.max(1, #cases - 39))
    return "/queue/news?ids=" .. table.concat(cases, ",", first, math.min(#cases, first + 39))
  end },
  { "filter", 6, function()
    return "/queue?" .. (math.random(2) == 1 and "topic=" .. one(topics) or one(filters))
  end },
  { "search", 4, function() return "/queue?q=" .. encoded(one(words)) end },
  { "case", 5, function() return "/cases/" .. one(cases) end },
  { "home", 1, function() return "/" end },
  { "figures", 1, function() return "/figures" end },
}

function init(arguments)
  local folder, round, think = arguments[1], arguments[2], tonumber(arguments[3])
  math.randomseed(number * 7919)
  cases, topics = lines(folder .. "/cases"), lines(folder .. "/topics")
  local person = lines(folder .. "/staff")[number]
  local token, address = person:match("^(%S+) (%S+)$")
  own = address
  headers = { Cookie = "session=" .. token, ["Accept-Language"] = "zh-CN" }
  log = io.open(folder .. "/" .. round .. "." .. number, "w")
  -- Nobody tells a thread that it ends.
  log:setvbuf("line")
  if think > 0 then
    delay = function() return math.random(math.floor(think / 2), math.floor(think * 3 / 2)) end
  end
end

function request()
  -- Every person comes through the whole hundred in an order that has each share spread out, and begins elsewhere: a
  -- short round has the shares of a long one.
  local draw = (number * 5 + turn * 37) % 100 + 1
  turn = turn + 1
  local address
  for _, share in ipairs(shares) do
    draw = draw - share[2]
    if draw <= 0 then
      page, address = share[1], share[3]()
      break
    end
  end
  if not address then page, address = own:sub(2), own end
  local text = wrk.format("GET", address, headers)
  begun = microseconds()
  return text
end

function response(status)
  log:write(string.format("%s %d %d\n", page, status, microseconds() - begun))
end
