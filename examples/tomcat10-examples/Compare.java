import java.io.IOException;
import java.net.CookieManager;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Asks Debian's examples the same with and without Lintel in front; what differs is told. Run by {@code run --compare}. */
final class Compare {

    /** Pages to get, or to post a form to (after a blank), in this order and with the cookies of those before. */
    private static final List<String> PAGES = List.of(
            "/examples",
            "/examples/",
            "/examples/servlets/",
            "/examples/servlets/servlet/HelloWorldExample",
            "/examples/servlets/servlet/RequestInfoExample/a%20b?x=1&y=%C3%A9",
            "/examples/servlets/servlet/RequestParamExample",
            "/examples/servlets/servlet/RequestParamExample firstname=Gr%C3%BCn&lastname=%3Cb%3E",
            "/examples/servlets/servlet/CookieExample cookiename=a&cookievalue=1",
            "/examples/servlets/servlet/CookieExample",
            "/examples/servlets/servlet/SessionExample",
            "/examples/servlets/servlet/SessionExample dataname=k&datavalue=v",
            "/examples/servlets/servlet/SessionExample?dataname=k2&datavalue=v2",
            "/examples/servletToJsp",
            "/examples/CompressionTest",
            "/examples/async/async0",
            "/examples/async/async1",
            "/examples/async/async2",
            "/examples/async/async3",
            "/examples/servlets/nonblocking/bytecounter some=bytes",
            "/examples/servlets/nonblocking/numberwriter",
            "/examples/servlets/trailers/response",
            "/examples/servlets/serverpush/simpleimage",
            "/examples/jsp/",
            "/examples/jsp/num/numguess.jsp",
            "/examples/jsp/include/include.jsp",
            "/examples/jsp/forward/forward.jsp",
            "/examples/jsp/error/error.html",
            "/examples/jsp/error/errorpge.jsp",
            "/examples/jsp/error/err.jsp?name=audi&submit=Submit",
            "/examples/jsp/error/err.jsp?name=integra&submit=Submit",
            "/examples/jsp/checkbox/checkresult.jsp?fruit=apples&fruit=grapes",
            "/examples/jsp/colors/colrs.jsp",
            "/examples/jsp/colors/colrs.jsp action=Hint&color1=red&color2=blue",
            "/examples/jsp/sessions/carts.jsp?item=X-files+movie&submit=add",
            "/examples/jsp/jsp2/el/implicit-objects.jsp?foo=bar",
            "/examples/jsp/jsp2/el/basic-arithmetic.jsp",
            "/examples/jsp/jsp2/misc/config.jsp",
            "/examples/jsp/simpletag/foo.jsp",
            "/examples/jsp/async/index.jsp",
            "/examples/jsp/security/protected/index.jsp",
            "/examples/jsp/security/protected/j_security_check j_username=tomcat&j_password=wrong",
            "/examples/jsp/security/protected/index.jsp",
            "/examples/jsp/security/protected/j_security_check j_username=tomcat&j_password=tomcat",
            "/examples/jsp/security/protected/index.jsp",
            "/examples/websocket/echo.xhtml",
            "/examples/WEB-INF/web.xml",
            "/examples/nowhere");

    /** Two answers are the same if they differ in these alone: ports, session ids, times, addresses of objects. */
    private static final Pattern LEFT_OUT = Pattern.compile("127\\.0\\.0\\.1:\\d+|@[0-9a-f]{4,8}\\b|\\b[0-9A-F]{32}\\b|:\\d{4,5}\\b|\\b\\d{9,}\\b"
            + "|\\b(Mon|Tue|Wed|Thu|Fri|Sat|Sun) \\w{3} \\d\\d .*? \\d{4}|\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?|in \\d+ ?ms");

    /** A line of a stack trace, which has the frames of all filters. */
    private static final Pattern FRAME = Pattern.compile("(?m)^\\t\\S+\\(.*\\)\\s*?\\n");

    private Compare() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("ports")) {
            try (ServerSocket one = new ServerSocket(0);
                    ServerSocket other = new ServerSocket(0)) {
                System.out.println(one.getLocalPort() + " " + other.getLocalPort());
            }
            return;
        }
        int without = Integer.parseInt(args[0]);
        int with = Integer.parseInt(args[1]);
        HttpClient plain = client();
        HttpClient lintel = client();
        awaitStart(plain, without);
        awaitStart(lintel, with);
        int different = 0;
        for (String page : PAGES) {
            different += tell(page, ask(plain, without, page), ask(lintel, with, page));
        }
        for (String path : List.of("echoAnnotation", "echoProgrammatic", "echoStreamAnnotation")) {
            different += tell("websocket " + path, echo(plain, without, path), echo(lintel, with, path));
        }
        different += tell("websocket chat", chat(plain, without), chat(lintel, with));
        String headers = "/examples/servlets/servlet/RequestHeaderExample";
        different += tell(headers + " without a token", "401", status(lintel, with, headers, "Basic x"));
        different += tell(headers + " with a token", "200", status(lintel, with, headers, "Bearer " + args[2]));
        System.out.println(different == 0 ? "all the same" : different + " different");
        System.exit(different == 0 ? 0 : 1);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .cookieHandler(new CookieManager())
                .connectTimeout(Duration.ofSeconds(2))
                .build();
    }

    private static void awaitStart(HttpClient client, int port) throws Exception {
        for (int i = 0; ; i++) {
            try {
                ask(client, port, "/examples/");
                return;
            } catch (IOException notYet) {
                if (i == 600) {
                    throw notYet;
                }
                TimeUnit.MILLISECONDS.sleep(100);
            }
        }
    }

    private static int tell(String what, String without, String with) {
        boolean same = without.equals(with);
        System.out.println((same ? "same       " : "DIFFERENT  ") + what);
        if (!same) {
            System.out.println("--- without\n" + without + "\n--- with\n" + with);
        }
        return same ? 0 : 1;
    }

    private static HttpRequest.Builder request(int port, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(Duration.ofSeconds(30));
    }

    private static String ask(HttpClient client, int port, String page) throws Exception {
        int form = page.indexOf(' ');
        HttpRequest.Builder request = request(port, form < 0 ? page : page.substring(0, form));
        if (form > 0) {
            request.header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(page.substring(form + 1)));
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        StringBuilder told = new StringBuilder().append(answer.statusCode()).append('\n');
        answer.headers().map().forEach((name, values) -> {
            boolean varies = name.equals("date") || name.equals("x-request-id") || name.equals("content-length");
            if (!varies) {
                told.append(name).append(": ").append(values).append('\n');
            }
        });
        String body = FRAME.matcher(answer.body()).replaceAll("");
        return LEFT_OUT.matcher(told + body).replaceAll("*");
    }

    private static String status(HttpClient client, int port, String path, String authorization) throws Exception {
        HttpRequest request = request(port, path).header("Authorization", authorization).build();
        return String.valueOf(client.send(request, BodyHandlers.ofString()).statusCode());
    }

    private static String echo(HttpClient client, int port, String path) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = socket(client, port, path, heard);
        StringBuilder told = new StringBuilder();
        for (String text : List.of("one", "zw\u00f6lf", "x".repeat(5000))) {
            socket.sendText(text, true).get(10, TimeUnit.SECONDS);
            told.append(heard.poll(10, TimeUnit.SECONDS)).append('\n');
        }
        socket.sendText("in ", false).get(10, TimeUnit.SECONDS);
        socket.sendText("parts", true).get(10, TimeUnit.SECONDS);
        told.append(heard.poll(10, TimeUnit.SECONDS)).append('\n');
        socket.sendClose(1000, "enough").get(10, TimeUnit.SECONDS);
        return told.append(heard.poll(10, TimeUnit.SECONDS)).toString();
    }

    private static String chat(HttpClient client, int port) throws Exception {
        BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        WebSocket socket = socket(client, port, "chat", heard);
        String joined = heard.poll(10, TimeUnit.SECONDS);
        socket.sendText("hello", true).get(10, TimeUnit.SECONDS);
        String said = heard.poll(10, TimeUnit.SECONDS);
        socket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
        return joined + "\n" + said;
    }

    private static WebSocket socket(HttpClient client, int port, String path, BlockingQueue<String> heard)
            throws Exception {
        URI uri = URI.create("ws://127.0.0.1:" + port + "/examples/websocket/" + path);
        return client.newWebSocketBuilder()
                .connectTimeout(Duration.ofSeconds(10))
                .buildAsync(uri, new WebSocket.Listener() {
                    private final StringBuilder message = new StringBuilder();

                    @Override
                    public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
                        message.append(text);
                        if (last) {
                            heard.add(message.toString());
                            message.setLength(0);
                        }
                        socket.request(1);
                        return null;
                    }

                    @Override
                    public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
                        heard.add("closed " + code + " " + reason);
                        return null;
                    }
                })
                .get(10, TimeUnit.SECONDS);
    }
}
