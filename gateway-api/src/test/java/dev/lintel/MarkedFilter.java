package dev.lintel;

import dev.lintel.request.HeaderSelector;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A filter that does nothing but say where it belongs and what it owns. */
class MarkedFilter implements Filter, FilterTraits {

    private final @Nullable Stage stage;
    private final HeaderSelector owned;

    MarkedFilter(@Nullable Stage stage, String... owned) {
        this.stage = stage;
        this.owned = HeaderSelector.of(owned);
    }

    @Override
    public @Nullable Stage stage() {
        return stage;
    }

    @Override
    public HeaderSelector ownedRequestHeaders() {
        return owned;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        chain.doFilter(request, response);
    }
}
