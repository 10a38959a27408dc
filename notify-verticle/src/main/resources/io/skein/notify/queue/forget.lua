-- Removes consumers that are gone. One that still holds entries stays until they are taken over, since
-- they would go with it.
-- KEYS: queue. ARGV: group, idle ms, then the consumers that are alive.
local alive = {}
for i = 3, #ARGV do alive[ARGV[i]] = true end
local removed = 0
for _, fields in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local consumer = {}
  for i = 1, #fields, 2 do consumer[fields[i]] = fields[i + 1] end
  if not alive[consumer.name] and consumer.pending == 0 and consumer.idle >= tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer.name)
    removed = removed + 1
  end
end
return removed
