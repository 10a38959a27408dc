-- Exchanges entries for one delayed hint. Answers 1, or 0 without a change when there is no room.
-- KEYS: queue, delayed. ARGV: group, delay ms, most delayed, hint, then the ids.
if redis.call('ZCARD', KEYS[2]) >= tonumber(ARGV[3]) then return 0 end
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZADD', KEYS[2], now + tonumber(ARGV[2]), ARGV[4])
for i = 5, #ARGV do
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
  redis.call('XDEL', KEYS[1], ARGV[i])
end
return 1
