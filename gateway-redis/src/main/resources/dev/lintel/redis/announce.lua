-- Says that a gateway is there, and asks how many are.
-- KEYS[1]  where gateways are listed
-- ARGV     the gateway, for how many ms it is believed to be there (0: it leaves)
-- Answers  how many gateways there are
local t = redis.call('TIME')
local now = t[1] * 1000 + math.floor(t[2] / 1000)
if ARGV[2] == '0' then
  redis.call('ZREM', KEYS[1], ARGV[1])
else
  -- first, since once a script has written a server that is full lets it go on
  redis.call('ZADD', KEYS[1], string.format('%.0f', now + ARGV[2]), ARGV[1])
end
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', string.format('%.0f', now))
redis.call('PEXPIRE', KEYS[1], math.max(1000, tonumber(ARGV[2])))
return {redis.call('ZCARD', KEYS[1])}
