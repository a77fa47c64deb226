package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** wrk, or h2load for HTTP/2: on every connection the next request follows the last answer. */
final class ClosedLoop {

    private static final Pattern REQUESTS = Pattern.compile("(\\d+) requests in");
    private static final Pattern PROBLEM = Pattern.compile("(Non-2xx or 3xx responses|Socket errors).*");

    private final Path directory;
    private final Callers callers;
    private final Http2Load http2;
    private final EventClients events;
    private final Uploads uploads;

    ClosedLoop(Path directory, Callers callers) {
        this.directory = directory;
        this.callers = callers;
        this.http2 = new Http2Load(callers);
        this.events = new EventClients(callers);
        this.uploads = new Uploads(new Nginx(directory).uploads());
    }

    /**
     * Loads a gateway.
     *
     * @return how many requests were answered, or uploads carried, in parts as well
     * @throws IllegalStateException if one was answered with an error or not at all
     */
    double run(RunningGateway gateway, Scenario scenario, int connections, int seconds) throws IOException {
        if (scenario == Scenario.EVENTS) {
            return events.run(gateway, seconds);
        }
        if (scenario == Scenario.HTTP2) {
            return http2.run(gateway, scenario, connections, seconds);
        }
        Process wrk = new ProcessBuilder(
                        Tools.path("wrk").toString(),
                        "-t1",
                        "-c" + connections,
                        "-d" + seconds + "s",
                        "--timeout",
                        "30s",
                        "-s",
                        script(scenario).toString(),
                        (scenario.isSecure() ? "https" : "http") + "://127.0.0.1:" + gateway.port() + scenario.path)
                .redirectErrorStream(true)
                .start();
        String output = new String(wrk.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        Matcher requests = REQUESTS.matcher(output);
        Matcher problem = PROBLEM.matcher(output);
        if (problem.find()) {
            throw new IllegalStateException(gateway.name() + ", " + scenario + ": " + problem.group());
        }
        if (!requests.find()) {
            throw new IllegalStateException(gateway.name() + ": no result (expected: of wrk)\n" + output);
        }
        long answered = Long.parseLong(requests.group(1));
        if (scenario == Scenario.UPLOAD) {
            return (double) uploads.carried(gateway, answered) / Scenario.LARGE;
        }
        return answered;
    }

    private Path script(Scenario scenario) throws IOException {
        Path file = directory.resolve(scenario + ".lua");
        if (!Files.exists(file)) {
            StringBuilder lua = new StringBuilder("local tokens = {}\n");
            for (String token : callers.tokens()) {
                lua.append("tokens[#tokens + 1] = 'Bearer ").append(token).append("'\n");
            }
            lua.append("""
                    local requests = {}
                    local next = 0
                    init = function(args)
                      local body = nil
                      if %2$d > 0 then body = string.rep('x', %2$d) end
                      for i, token in ipairs(tokens) do
                        requests[i] = wrk.format('%1$s', nil, { ['Authorization'] = token, ['Accept'] = '*/*' }, body)
                        if %2$d > 1000000 then break end
                      end
                    end
                    request = function()
                      next = next + 1
                      if next > #requests then next = 1 end
                      return requests[next]
                    end
                    """.formatted(scenario.method, scenario.body));
            Files.write(file, List.of(lua));
        }
        return file;
    }
}
