-- Charges one request to several limits: all of them or none. Whole numbers below 2^53 only, so that the result is exact.
-- KEYS[i]  where the i-th limit is counted
-- ARGV[1]  take | lease (as many as there are, up to the cost) | peek | settle (the cost is what was used more, or less) |
--          reset (all is forgotten)
-- ARGV[2]  microseconds since 1970 to go by, or empty: this server's clock
-- then eight for each limit: kind, cost, observed (1 or 0), five numbers of its kind
-- then, to settle, one for each limit: what the answer said when it was charged (third number), or 0
-- Answers  how many were granted, then for each limit: whether it had too little, a mark of when it was charged, three numbers of
--          its kind: x, y, and what its "told" says
local floor, format, match, max, min = math.floor, string.format, string.match, math.max, math.min
local mode = ARGV[1]
if mode == 'reset' then
  redis.call('DEL', KEYS[1])
  return {0}
end
local now = tonumber(ARGV[2])
if not now then
  local t = redis.call('TIME')
  now = t[1] * 1000000 + t[2]
end
local millis = floor(now / 1000)

-- b: a bucket. Numbers: interval in us and ns, fullness in us and ns, units missing at first.
-- State: the moment at which it is full again, in us and ns. Here x and y: what is used, as such a time.
local bucket = {}

local function bucket_sum(b, x, y, cost)
  local ns = y + cost * b[2]
  return x + cost * b[1] + floor(ns / 1000), ns % 1000
end

function bucket.read(l, state)
  local b = l.b
  if not state then
    l.x, l.y = bucket_sum(b, 0, 0, mode == 'settle' and 0 or b[5])
    return
  end
  local us, ns = match(state, '(%d+) (%d+)')
  l.x, l.y = us - now, tonumber(ns)
  if l.x < 0 then
    l.x, l.y = 0, 0
  elseif l.x > 2 * b[3] + 1 then
    -- more than a bucket and what can be owed: the clock was set back
    l.x, l.y = b[3], b[4]
  end
end

function bucket.has(l, cost)
  local b = l.b
  local x, y = bucket_sum(b, l.x, l.y, cost)
  return x < b[3] or x == b[3] and y <= b[4]
end

local function bucket_write(l)
  local b = l.b
  -- a bucket that is not full at first would be that again if it were forgotten when it is full
  local longer = b[5] > 0 and b[3] / 1000 + 3600000 or 1000
  l.put(format('%.0f %.0f', now + l.x, l.y), floor(l.x / 1000 + longer))
end

function bucket.take(l, cost)
  l.x, l.y = bucket_sum(l.b, l.x, l.y, cost)
  bucket_write(l)
end

function bucket.settle(l, cost, mark)
  local b = l.b
  if cost > 0 then
    l.x, l.y = bucket_sum(b, l.x, l.y, cost)
    if l.x >= 2 * b[3] then
      l.x, l.y = 2 * b[3], 0
    end
  else
    -- what has come back by itself is not given back
    local x, y = bucket_sum(b, 0, 0, -cost)
    x = x - max(0, now - mark)
    if x < 0 then
      return
    end
    l.x, l.y = l.x - x, l.y - y
    if l.y < 0 then
      l.x, l.y = l.x - 1, l.y + 1000
    end
    if l.x < 0 then
      l.x, l.y = 0, 0
    end
  end
  bucket_write(l)
end

-- w: a window. Numbers: capacity, its length in ms and 0, or the ends of three windows that follow each other in ms, units used
-- at first. State: the end of the window in ms, and what is used of it. Here x: what is used, y: the end.
local window = {}

function window.read(l, state)
  local b = l.b
  local ends, last
  if b[3] == 0 then
    ends = (floor(millis / b[2]) + 1) * b[2]
    last = ends + b[2]
  else
    ends = millis < b[2] and b[2] or millis < b[3] and b[3] or b[4]
    last = b[4]
  end
  l.x, l.y = 0, ends
  if not state then
    l.x = mode == 'settle' and 0 or b[5]
    return
  end
  local old, used = match(state, '(%d+) (%d+)')
  old = tonumber(old)
  -- a window is not left for an earlier one, unless that is far away
  if old == ends or old > ends and old <= last then
    l.x, l.y = tonumber(used), old
  end
end

function window.has(l, cost)
  return l.x + cost <= l.b[1]
end

function window.take(l, cost)
  l.x = l.x + cost
  l.put(format('%.0f %.0f', l.y, l.x), max(1, l.y - millis) + 1000)
end

function window.settle(l, cost, mark)
  -- what was taken in a window that is over needs not be put back
  if cost > 0 or mark == 0 or mark == l.y then
    window.take(l, max(-l.x, min(cost, 2 * l.b[1] - l.x)))
  end
end

function window.mark(l)
  return l.y
end

-- s: a sliding window. Numbers: capacity, length of a slice in us, how many slices count.
-- State: pairs of a slice and what was used in it, oldest first. Here x: what is used, y: us until one more is there.
local sliding = {}

function sliding.read(l, state)
  local b = l.b
  local slice = floor(now / b[2])
  l.slice, l.kept, l.x = slice, {}, 0
  for number, count in string.gmatch(state or '', '(%d+):(%d+)') do
    number, count = tonumber(number), tonumber(count)
    -- a slice to come, where the clock was set back, counts as the current one
    number = min(number, slice)
    if number > slice - b[3] and count > 0 then
      l.x = l.x + count
      l.kept[#l.kept + 1] = {number, count}
    end
  end
end

function sliding.has(l, cost)
  return l.x + cost <= l.b[1]
end

local function sliding_write(l)
  local text = {}
  for i = 1, #l.kept do
    text[i] = format('%.0f:%.0f', l.kept[i][1], l.kept[i][2])
  end
  l.put(table.concat(text, ' '), floor(l.b[2] * (l.b[3] + 1) / 1000) + 1000)
end

function sliding.take(l, cost)
  local last = l.kept[#l.kept]
  if last and last[1] == l.slice then
    last[2] = last[2] + cost
  else
    l.kept[#l.kept + 1] = {l.slice, cost}
  end
  l.x = l.x + cost
  sliding_write(l)
end

function sliding.settle(l, cost, mark)
  if cost > 0 then
    sliding.take(l, max(0, min(cost, 2 * l.b[1] - l.x)))
    return
  end
  local slice = floor(mark / l.b[2])
  for i = 1, #l.kept do
    if l.kept[i][1] == slice or mark == 0 then
      local back = min(l.kept[i][2], -cost)
      l.kept[i][2], l.x, cost = l.kept[i][2] - back, l.x - back, cost + back
    end
  end
  sliding_write(l)
end

local function sliding_until(l, cost)
  local b = l.b
  local missing = l.x + min(cost, b[1]) - b[1]
  for i = 1, #l.kept do
    if missing <= 0 then
      break
    end
    missing = missing - l.kept[i][2]
    if missing <= 0 then
      return max(1, (l.kept[i][1] + b[3]) * b[2] - now)
    end
  end
  return 0
end

function sliding.told(l, cost)
  return sliding_until(l, max(0, l.b[1] - l.x) + 1), sliding_until(l, cost)
end

-- l: a bucket that leaks, by ms. Numbers: thousandths a second, thousandths of the burst.
-- State: thousandths in it, and since when. Here x: those, y: for how long.
local leaky = {}

function leaky.read(l, state)
  l.x, l.y = -1000, 0
  if state then
    local excess, since = match(state, '(-?%d+) (%d+)')
    l.x, l.y = tonumber(excess), max(0, millis - since)
  end
end

local function leaked(l, ms)
  return ms > 2147483647 and 4611686018427387904 or floor(l.b[1] * ms / 1000)
end

function leaky.has(l, cost)
  return cost * 1000 <= l.b[2] + 1000 and max(-1000, l.x - leaked(l, l.y)) + cost * 1000 <= l.b[2]
end

local function leaky_write(l)
  local lasts = max(0, -floor(-(l.x + 1000) * 1000 / l.b[1])) - l.y
  l.put(format('%.0f %.0f', l.x, millis - l.y), max(1, lasts) + 1000)
end

function leaky.take(l, cost)
  l.x, l.y = max(-1000, l.x - leaked(l, l.y)) + cost * 1000, 0
  leaky_write(l)
end

function leaky.settle(l, cost, mark)
  if cost > 0 then
    leaky.take(l, cost)
    l.x = min(l.x, 2 * (l.b[2] + 1000))
  else
    l.x = max(-1000, l.x - max(0, -cost * 1000 - leaked(l, max(0, millis - floor(mark / 1000)))))
  end
  leaky_write(l)
end

-- Beside x and y: thousandths in it once the request is charged, by which it has to wait.
function leaky.told(l, cost)
  return l.y, mode == 'peek' and max(0, l.x - leaked(l, l.y) + cost * 1000) or l.x
end

-- c: permits. Numbers: how many there are, the number of the gateway that asks, for how many ms it is believed to hold what it does.
-- State: of each gateway that holds some its number, how many, and until when that is believed, in ms. Here x: how many are held.
local permits = {}

function permits.read(l, state)
  l.x, l.y, l.mine, l.others = 0, 0, 0, {}
  for gateway, held, ends in string.gmatch(state or '', '(%d+):(%d+):(%d+)') do
    -- nobody is believed for longer than he can have said: the clock was set back
    held, ends = tonumber(held), min(tonumber(ends), millis + l.b[3])
    if ends > millis then
      l.x = l.x + held
      if tonumber(gateway) == l.b[2] then
        l.mine = held
      else
        l.others[#l.others + 1] = format('%s:%.0f:%.0f', gateway, held, ends)
      end
    end
  end
end

function permits.has(l)
  return l.x < l.b[1]
end

local function permits_write(l, mine)
  l.x, l.mine = l.x - l.mine + mine, mine
  if mine > 0 then
    l.others[#l.others + 1] = format('%.0f:%.0f:%.0f', l.b[2], mine, millis + l.b[3])
  end
  l.put(table.concat(l.others, ' '), #l.others > 0 and l.b[3] + 1000 or 1)
end

function permits.take(l)
  permits_write(l, l.mine + 1)
end

-- One is given back, or it is said how many this gateway holds (cost), and how many more it may hold by now (mark).
function permits.settle(l, cost, mark)
  permits_write(l, cost < 0 and max(0, l.mine - 1) or max(cost, min(l.mine, cost + mark)))
end

-- n: nothing is ever there.
local nothing = {}

function nothing.read(l)
  l.x, l.y = 0, 0
end

function nothing.has()
  return false
end

function nothing.take() end
function nothing.settle() end

local kinds = {b = bucket, w = window, s = sliding, l = leaky, c = permits, n = nothing}
local limits = {}
local count = #KEYS

for i = 1, count do
  local at = 2 + (i - 1) * 8
  local l = {kind = kinds[ARGV[at + 1]], cost = tonumber(ARGV[at + 2]), observed = ARGV[at + 3] == '1', b = {}}
  for j = 1, 5 do
    l.b[j] = tonumber(ARGV[at + 3 + j])
  end
  l.put = function(value, ms)
    redis.call('SET', KEYS[i], value, 'PX', format('%.0f', ms))
  end
  local state = l.kind ~= nothing and redis.call('GET', KEYS[i])
  l.new = not state
  l.kind.read(l, state)
  limits[i] = l
end

local granted = mode == 'lease' and limits[1].cost or 1
if mode == 'settle' then
  for i, l in ipairs(limits) do
    -- of what is owed no more than a whole quota is remembered; what is not known cannot be given back
    if l.cost > 0 or not l.new then
      l.kind.settle(l, l.cost, tonumber(ARGV[2 + count * 8 + i]))
    end
  end
else
  local enough = true
  for _, l in ipairs(limits) do
    local cost = l.cost
    if mode == 'lease' then
      cost = granted
      while cost > 1 and not l.kind.has(l, cost) do
        cost = floor(cost / 2)
      end
      granted = cost
    end
    l.short = not l.kind.has(l, cost)
    enough = enough and (l.observed or not l.short)
  end
  for _, l in ipairs(limits) do
    if mode == 'peek' then
      break
    elseif enough and not l.short then
      l.kind.take(l, mode == 'lease' and granted or l.cost)
    elseif l.new and l.kind == bucket and l.b[5] > 0 then
      -- a bucket that is not full at first fills up from when it is first asked for
      bucket_write(l)
    end
  end
  granted = enough and granted or 0
end

local answer = {granted}
for _, l in ipairs(limits) do
  local y, z = l.y, 0
  if l.kind.told then
    y, z = l.kind.told(l, l.cost)
  elseif l.kind == window then
    y = l.y * 1000 - now
  end
  local n = #answer
  answer[n + 1] = l.short and 1 or 0
  answer[n + 2] = l.kind.mark and l.kind.mark(l) or now
  answer[n + 3], answer[n + 4], answer[n + 5] = l.x, y, z
end
return answer
