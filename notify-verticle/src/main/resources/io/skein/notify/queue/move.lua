-- Moves delayed hints that are due into the queue; answers how many.
-- KEYS: queue, delayed. ARGV: longest queue, most to move.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local due = redis.call('ZRANGEBYSCORE', KEYS[2], '-inf', now, 'LIMIT', 0, ARGV[2])
for _, hint in ipairs(due) do
  redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'hint', hint)
  redis.call('ZREM', KEYS[2], hint)
end
return #due
