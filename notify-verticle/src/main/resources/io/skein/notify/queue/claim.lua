-- Takes over what consumers have held for too long. XAUTOCLAIM would do, but Redis 6 leaves an entry
-- that was trimmed away on its consumer's list for ever.
-- KEYS: queue. ARGV: group, own consumer, idle ms, most to take.
-- Answers entries: id, fields, and how often it was handed out before.
local stale = redis.call('XPENDING', KEYS[1], ARGV[1], 'IDLE', ARGV[3], '-', '+', ARGV[4])
local taken = {}
for _, pending in ipairs(stale) do
  local id, deliveries = pending[1], pending[4]
  local entry = redis.call('XRANGE', KEYS[1], id, id)[1]
  if entry then
    redis.call('XCLAIM', KEYS[1], ARGV[1], ARGV[2], ARGV[3], id)
    taken[#taken + 1] = {id, entry[2], deliveries}
  else
    redis.call('XACK', KEYS[1], ARGV[1], id)
  end
end
return taken
