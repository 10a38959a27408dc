-- Puts hints into the queue, those that are to wait into the delayed ones.
-- KEYS: queue, delayed. ARGV: longest queue, most delayed, then delay in ms and hint, each.
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local room = tonumber(ARGV[2]) - redis.call('ZCARD', KEYS[2])
for i = 3, #ARGV, 2 do
  local delay = tonumber(ARGV[i])
  if delay > 0 and room > 0 then
    room = room - redis.call('ZADD', KEYS[2], now + delay, ARGV[i + 1])
  else
    redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*', 'hint', ARGV[i + 1])
  end
end
return redis.status_reply('OK')
