-- Writes a session back unless something newer is there. KEYS[1]: the user's hash. ARGV: device, value.
-- Answers 0: refused, 1: it was there, 2: written.
local value = redis.call('HGET', KEYS[1], ARGV[1])
if value then
  local there, mine = string.match(value, '^(%d+) %S+'), string.match(ARGV[2], '^(%d+) %S+')
  if tonumber(there) > tonumber(mine) then return 0 end
  if tonumber(there) == tonumber(mine) then
    -- A fence of this epoch refuses it; the session itself is on record already.
    return string.match(value, '^%S+ (%S+)') == string.match(ARGV[2], '^%S+ (%S+)') and 1 or 0
  end
end
redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
redis.call('PERSIST', KEYS[1])
return 2
