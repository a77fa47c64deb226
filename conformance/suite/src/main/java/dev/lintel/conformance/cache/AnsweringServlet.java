package dev.lintel.conformance.cache;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Answers in the way that the path names; nearly each time with a lifetime, so that it may be kept if it is nobody's and whole. */
final class AnsweringServlet extends HttpServlet {

    static final String TEXT = "Grüße aus dem Archiv. ".repeat(5_000);

    private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.UTF_8);
    private static final int PIECE = 1000;
    private static final long serialVersionUID = 1L;

    private final transient CachedApplication application;

    AnsweringServlet(CachedApplication application) {
        this.application = application;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        boolean included = request.getDispatcherType() == DispatcherType.INCLUDE;
        String way = String.valueOf(
                included ? request.getAttribute(RequestDispatcher.INCLUDE_PATH_INFO) : request.getPathInfo());
        if (request.getDispatcherType() == DispatcherType.REQUEST) {
            application.count();
        }
        switch (way) {
            case "/stream" -> fresh(response).getOutputStream().write(BYTES);
            case "/short-stream" -> fresh(response).getOutputStream().print("short");
            case "/writer" -> fresh(response).getWriter().write(TEXT);
            case "/short-writer" -> fresh(response).getWriter().write("ä");
            case "/language" -> {
                response.setLocale(Locale.GERMANY);
                fresh(response).getWriter().write("kurz");
            }
            case "/flushed" -> {
                fresh(response).flushBuffer();
                response.getOutputStream().write(BYTES);
            }
            case "/closed" -> {
                fresh(response).getOutputStream().write(BYTES);
                response.getOutputStream().close();
            }
            case "/added" -> added(response).getWriter().write(TEXT);
            case "/empty" -> fresh(response);
            case "/parameter" -> fresh(response).getWriter().write(String.valueOf(request.getParameter("q")));
            case "/host" ->
                fresh(response)
                        .getWriter()
                        .write(request.getHeader("Host") + " " + request.getRequestURL() + " " + request.getScheme()
                                + "://" + request.getServerName() + ":" + request.getServerPort());
            case "/204" -> fresh(response).setStatus(204);
            case "/404" -> {
                fresh(response).setStatus(404);
                response.getWriter().write("none");
            }
            case "/confirmed" -> confirm(request, response);
            case "/begun-again" -> {
                fresh(response).setHeader("Cache-Control", "private");
                response.getWriter().write("wrong");
                response.reset();
                fresh(response).getWriter().write(TEXT);
            }
            case "/forward" -> request.getRequestDispatcher("/stream").forward(request, response);
            case "/forward-async" -> request.getRequestDispatcher("/async").forward(request, response);
            case "/include" -> {
                fresh(response).getWriter().write("before ");
                request.getRequestDispatcher("/body").include(request, response);
                response.getWriter().write(" after");
            }
            case "/include-all" -> request.getRequestDispatcher("/writer").include(request, response);
            case "/body" -> response.getWriter().write(TEXT);
            default -> later(way, request, response);
        }
    }

    private void later(String way, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        switch (way) {
            case "/async" ->
                startAsync(request, async -> fresh(of(async)).getOutputStream().write(BYTES));
            case "/async-writer" ->
                startAsync(request, async -> fresh(of(async)).getWriter().write(TEXT));
            case "/async-added" ->
                startAsync(request, async -> added(of(async)).getWriter().write(TEXT));
            case "/async-error" -> startAsync(request, async -> fresh(of(async)).sendError(503));
            case "/dispatch" -> {
                if (request.getDispatcherType() == DispatcherType.ASYNC) {
                    fresh(response).getWriter().write(TEXT);
                } else {
                    AsyncContext async = request.startAsync();
                    async.start(async::dispatch);
                }
            }
            case "/listener" -> {
                AsyncContext async = request.startAsync();
                ServletOutputStream output = fresh(response).getOutputStream();
                output.setWriteListener(new Writing(async, output));
            }
            case "/slow" -> slow(fresh(response));
            case "/slow-async" -> startAsync(request, async -> slow(fresh(of(async))));
            default -> nobodyElses(way, request, response);
        }
    }

    private static void nobodyElses(String way, HttpServletRequest request, HttpServletResponse response)
            throws IOException, ServletException {
        fresh(response);
        switch (way) {
            case "/cookie" -> {
                response.addCookie(new Cookie("behind", "yours"));
                response.getWriter().write("yours");
            }
            case "/cookie-field" -> {
                response.addHeader("Set-Cookie", "behind=yours");
                response.getWriter().write("yours");
            }
            case "/session" -> {
                request.getSession();
                response.getWriter().write("yours");
            }
            case "/late-session" -> {
                response.getWriter().write("yours");
                request.getSession();
            }
            case "/send-error" -> response.sendError(404);
            case "/late-error" -> {
                response.getOutputStream().write(1);
                response.sendError(410);
            }
            case "/redirect" -> response.sendRedirect("/elsewhere");
            case "/throws" -> {
                response.getOutputStream().write(BYTES, 0, 10);
                throw new ServletException("planned");
            }
            case "/late-throw" -> {
                response.getOutputStream().write(BYTES);
                response.flushBuffer();
                throw new IllegalStateException("planned");
            }
            case "/half" -> {
                response.setContentLength(2 * BYTES.length);
                response.getOutputStream().write(BYTES);
                response.flushBuffer();
                throw new IllegalStateException("planned");
            }
            case "/short" -> {
                response.setContentLength(100);
                response.getOutputStream().write(BYTES, 0, 10);
            }
            default -> response.sendError(404, way);
        }
    }

    private static HttpServletResponse fresh(HttpServletResponse response) {
        response.setContentType("text/plain; charset=UTF-8");
        response.setHeader("Cache-Control", "max-age=600");
        response.addHeader("X-Mark", "one");
        response.addHeader("X-Mark", "two");
        return response;
    }

    /** Beside what others have said. */
    private static HttpServletResponse added(HttpServletResponse response) {
        response.addHeader("Cache-Control", "max-age=600");
        return response;
    }

    private static void confirm(HttpServletRequest request, HttpServletResponse response) throws IOException {
        fresh(response).setHeader("Cache-Control", "no-cache");
        response.setHeader("ETag", "\"a\"");
        if ("\"a\"".equals(request.getHeader("If-None-Match"))) {
            response.setStatus(304);
        } else {
            response.getWriter().write(TEXT);
        }
    }

    private static HttpServletResponse of(AsyncContext async) {
        return (HttpServletResponse) async.getResponse();
    }

    private static void startAsync(HttpServletRequest request, Answering answering) {
        AsyncContext async = request.startAsync();
        async.start(() -> {
            try {
                answering.answer(async);
            } catch (IOException gone) {
                // ends as if it had written everything
            }
            async.complete();
        });
    }

    @FunctionalInterface
    private interface Answering {
        void answer(AsyncContext async) throws IOException;
    }

    /** More than the sockets hold, so that somebody learns that the client is gone. */
    private void slow(HttpServletResponse response) throws IOException {
        for (int i = 0; i < 100; i++) {
            response.getOutputStream().write(BYTES, 0, PIECE);
            response.flushBuffer();
            if (i == 0) {
                application.pause();
            }
        }
    }

    private static final class Writing implements WriteListener {

        private final AsyncContext async;
        private final ServletOutputStream output;
        private int at;

        Writing(AsyncContext async, ServletOutputStream output) {
            this.async = async;
            this.output = output;
        }

        @Override
        public void onWritePossible() throws IOException {
            while (output.isReady()) {
                if (at == BYTES.length) {
                    async.complete();
                    return;
                }
                int length = Math.min(PIECE, BYTES.length - at);
                output.write(BYTES, at, length);
                at += length;
            }
        }

        @Override
        public void onError(Throwable thrown) {
            async.complete();
        }
    }
}
