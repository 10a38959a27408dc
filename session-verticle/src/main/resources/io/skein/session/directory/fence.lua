-- Refuses sessions of a device up to an epoch. KEYS[1]: the user's hash. ARGV: device, epoch.
-- Answers the value that it replaced, if any.
local FORGET_SECONDS = 3600
local value = redis.call('HGET', KEYS[1], ARGV[1])
if value and tonumber(string.match(value, '^%d+')) > tonumber(ARGV[2]) then return false end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. ' - ' .. redis.call('TIME')[1])
-- With fences only, the hash goes when nothing that is under way can need them any more.
for _, other in ipairs(redis.call('HVALS', KEYS[1])) do
  if not string.find(other, '^%d+ %- ') then return value end
end
redis.call('EXPIRE', KEYS[1], FORGET_SECONDS)
return value
