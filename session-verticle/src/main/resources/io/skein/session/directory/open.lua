-- Writes a session by the multi-device policy. See RecordCodec for the values.
-- KEYS[1]: the user's hash. ARGV: device, value, rule, whether the newer wins.
-- Answers a word, the number of losers, then device and value of losers and of those who stay.
local FENCE_SECONDS = 600

local function words(value)
  local list = {}
  for word in string.gmatch(value, '%S+') do list[#list + 1] = word end
  return list
end

local key, device, rule, newer_wins = KEYS[1], ARGV[1], ARGV[3], ARGV[4] == '1'
local mine = words(ARGV[2])
local now = tonumber(redis.call('TIME')[1])

local function competes(other)
  return rule == 'SINGLE'
    or rule == 'ONE_PER_CLASS' and other[6] == mine[6]
    or rule == 'ONE_PER_PLATFORM' and other[7] == mine[7]
end

local losers, kept, fences, rivals = {}, {}, {}, {}
local fields = redis.call('HGETALL', key)
for i = 1, #fields, 2 do
  local other, value = fields[i], words(fields[i + 1])
  if other == device then
    if tonumber(value[1]) >= tonumber(mine[1]) then return {'stale'} end
    -- The same connection asking again is not its own loser.
    if value[2] ~= '-' and not (value[3] == mine[3] and value[5] == mine[5]) then
      losers[#losers + 1] = other
      losers[#losers + 1] = fields[i + 1]
    end
  elseif value[2] == '-' then
    if now - tonumber(value[3]) > FENCE_SECONDS then fences[#fences + 1] = other end
  elseif competes(value) then
    rivals[#rivals + 1] = {other, value[1]}
    losers[#losers + 1] = other
    losers[#losers + 1] = fields[i + 1]
  else
    kept[#kept + 1] = other
    kept[#kept + 1] = fields[i + 1]
  end
end

if #rivals > 0 and not newer_wins then
  local answer = {'refused', 0}
  for i = 1, #fields, 2 do
    answer[#answer + 1] = fields[i]
    answer[#answer + 1] = fields[i + 1]
  end
  return answer
end

for _, rival in ipairs(rivals) do
  redis.call('HSET', key, rival[1], rival[2] .. ' - ' .. now)
end
for _, other in ipairs(fences) do redis.call('HDEL', key, other) end
redis.call('HSET', key, device, ARGV[2])
redis.call('PERSIST', key)
local answer = {'opened', #losers / 2}
for _, word in ipairs(losers) do answer[#answer + 1] = word end
for _, word in ipairs(kept) do answer[#answer + 1] = word end
return answer
