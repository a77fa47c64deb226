package dev.lintel.filters.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testing.FilterContract;
import dev.lintel.testing.RawRequest;
import jakarta.servlet.Filter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

class AccessLogContractTest extends FilterContract {

    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Override
    protected Filter filter() {
        return AccessLogFilter.builder().file(file()).build();
    }

    @Override
    protected Class<? extends Filter> type() {
        return AccessLogFilter.class;
    }

    @Override
    protected Map<String, String> initParams() {
        return Map.of("file", file().toString(), "format", "json");
    }

    @Override
    protected RawRequest passing(String path) {
        return RawRequest.get(path);
    }

    @Override
    protected void verifyActed(int times) {
        assertThat(file()).content().hasLineCount(times);
    }

    private Path file() {
        return directory.resolve("access.log");
    }
}
