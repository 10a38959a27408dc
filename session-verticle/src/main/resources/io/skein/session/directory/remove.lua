-- Removes a session if it is the one on record. KEYS[1]: the user's hash. ARGV: device, epoch, session.
local value = redis.call('HGET', KEYS[1], ARGV[1])
local prefix = ARGV[2] .. ' ' .. ARGV[3] .. ' '
if value and string.sub(value, 1, #prefix) == prefix then
  redis.call('HDEL', KEYS[1], ARGV[1])
  return 1
end
return 0
