package dev.lintel.conformance.boot;

import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** Answers in the ways that controllers have, each time with a lifetime. */
@RestController
class CatalogController {

    static final String LONG = "Zwölf Äpfel. ".repeat(5_000);

    private final AtomicInteger asked = new AtomicInteger();

    /** How many requests have come here. */
    int asked() {
        return asked.get();
    }

    private ResponseEntity.BodyBuilder fresh() {
        asked.incrementAndGet();
        return ResponseEntity.ok().cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)));
    }

    @GetMapping("/catalog/short")
    ResponseEntity<String> inShort() {
        return fresh().body("twelve");
    }

    @GetMapping("/catalog/long")
    ResponseEntity<String> atLength() {
        return fresh().body(LONG);
    }

    @GetMapping("/catalog/later")
    Callable<ResponseEntity<String>> later() {
        return () -> fresh().body(LONG);
    }

    @GetMapping("/catalog/streamed")
    ResponseEntity<StreamingResponseBody> streamed() {
        byte[] bytes = LONG.getBytes(StandardCharsets.UTF_8);
        return fresh().body(out -> {
            out.write(bytes, 0, 10);
            out.flush();
            out.write(bytes, 10, bytes.length - 10);
        });
    }

    @GetMapping("/catalog/asked-about")
    ResponseEntity<String> askedAbout() {
        asked.incrementAndGet();
        return ResponseEntity.ok().cacheControl(CacheControl.noCache()).body(LONG);
    }

    @GetMapping("/catalog/mine")
    ResponseEntity<String> mine(HttpSession session) {
        return fresh().body(session.isNew() ? "new" : "known");
    }

    @GetMapping("/catalog/private")
    ResponseEntity<String> forOne() {
        asked.incrementAndGet();
        return ResponseEntity.ok()
                .cacheControl(CacheControl.maxAge(Duration.ofMinutes(10)).cachePrivate())
                .body("yours");
    }

    @GetMapping("/catalog/missing")
    void missing(HttpServletResponse response) throws IOException {
        asked.incrementAndGet();
        response.setHeader("Cache-Control", "max-age=600");
        response.sendError(404);
    }

    @GetMapping("/catalog/fails")
    String fails(HttpServletResponse response) {
        asked.incrementAndGet();
        response.setHeader("Cache-Control", "max-age=600");
        throw new IllegalStateException("planned");
    }

    @GetMapping("/catalog/fails-later")
    Callable<String> failsLater(HttpServletResponse response) {
        asked.incrementAndGet();
        response.setHeader("Cache-Control", "max-age=600");
        return () -> {
            throw new IllegalStateException("planned");
        };
    }

    @PostMapping("/catalog/short")
    String change() {
        return "changed";
    }
}
