-- Exchanges entries for one dead letter.
-- KEYS: queue, dead. ARGV: group, most dead letters, hint, user, conversation, seq, attempts, reason,
-- then the ids.
redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'hint', ARGV[3], 'user', ARGV[4],
  'conversation', ARGV[5], 'seq', ARGV[6], 'attempts', ARGV[7], 'reason', ARGV[8])
for i = 9, #ARGV do
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
  redis.call('XDEL', KEYS[1], ARGV[i])
end
return 1
