-- Sends the requests of a file, each of which a zero byte ends, and tells what came of it in one line of JSON.
-- wrk -s requests.lua URL -- FILE THREADS (again|once)

local threads = 0

function setup(thread)
  threads = threads + 1
  thread:set("place", threads)
end

function init(arguments)
  local file = assert(io.open(arguments[1], "rb"))
  requests = {}
  for request in file:read("*a"):gmatch("([^%z]+)%z") do
    requests[#requests + 1] = request
  end
  file:close()
  step = tonumber(arguments[2])
  once = arguments[3] == "once"
end

-- The threads take turns, so that none sends what another one does.
function request()
  local next = requests[place]
  place = place + step
  if place > #requests then
    if once then
      wrk.thread:stop()
    end
    place = (place - 1) % #requests + 1
  end
  return next
end

function done(summary, latency)
  local errors = summary.errors
  local failed = errors.connect + errors.read + errors.write + errors.status + errors.timeout
  io.stdout:write(string.format(
    '\n{"requests":%d,"microseconds":%d,"failed":%d,"p50":%d,"p99":%d}\n',
    summary.requests, summary.duration, failed, latency:percentile(50), latency:percentile(99)))
end
