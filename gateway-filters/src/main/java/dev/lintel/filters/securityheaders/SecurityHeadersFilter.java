package dev.lintel.filters.securityheaders;

import dev.lintel.Exchange;
import dev.lintel.HeaderField;
import dev.lintel.Stage;
import dev.lintel.filter.LintelFilter;
import dev.lintel.filter.NonWaiting;
import dev.lintel.filter.Predictable;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import dev.lintel.option.Problems;
import dev.lintel.request.HeaderSelector;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;

/**
 * Writes the response header fields by which browsers protect users, on every answer, refusals included. What the destination
 * says itself stands, unless the options say otherwise. {@code Strict-Transport-Security} goes out over TLS only (RFC 6797
 * section 7.2). Thread-safe.
 */
public final class SecurityHeadersFilter extends LintelFilter implements NonWaiting, Predictable {

    private static final HeaderSelector SOFTWARE = HeaderSelector.of(
            "Server",
            "X-Powered-By",
            "X-AspNet-Version",
            "X-AspNetMvc-Version",
            "X-Generator",
            "X-Runtime",
            "X-Version");

    private SecurityHeadersOptions options;

    /** For {@code web.xml}: the options are the init-params. */
    public SecurityHeadersFilter() {
        super(false);
        this.options = builder().options(new Problems());
    }

    SecurityHeadersFilter(SecurityHeadersOptions options) {
        super(true);
        this.options = options;
    }

    /** A filter with the defaults. */
    public static SecurityHeadersFilter create() {
        return builder().build();
    }

    /** Begins the description of a filter. */
    public static SecurityHeadersFilterBuilder builder() {
        return new SecurityHeadersFilterBuilder();
    }

    /** Early, so that refusals carry the fields too. */
    @Override
    public Stage stage() {
        return Stage.HEADER_STRIP;
    }

    @Override
    public OptionCatalogue catalogue() {
        return SecurityHeadersCatalogue.ALL;
    }

    @Override
    protected void configure(OptionReader params) {
        options = builder()
                .hstsMaxAge(params.value(SecurityHeadersCatalogue.HSTS_MAX_AGE))
                .hstsIncludeSubDomains(params.value(SecurityHeadersCatalogue.HSTS_INCLUDE_SUB_DOMAINS))
                .hstsPreload(params.value(SecurityHeadersCatalogue.HSTS_PRELOAD))
                .noSniff(params.value(SecurityHeadersCatalogue.NO_SNIFF))
                .frameOptions(params.value(SecurityHeadersCatalogue.FRAME_OPTIONS))
                .contentSecurityPolicy(params.value(SecurityHeadersCatalogue.CONTENT_SECURITY_POLICY))
                .referrerPolicy(params.value(SecurityHeadersCatalogue.REFERRER_POLICY))
                .permissionsPolicy(params.value(SecurityHeadersCatalogue.PERMISSIONS_POLICY))
                .crossOriginOpenerPolicy(params.value(SecurityHeadersCatalogue.CROSS_ORIGIN_OPENER_POLICY))
                .crossOriginResourcePolicy(params.value(SecurityHeadersCatalogue.CROSS_ORIGIN_RESOURCE_POLICY))
                .crossOriginEmbedderPolicy(params.value(SecurityHeadersCatalogue.CROSS_ORIGIN_EMBEDDER_POLICY))
                .override(params.value(SecurityHeadersCatalogue.OVERRIDE))
                .hideServer(params.value(SecurityHeadersCatalogue.HIDE_SERVER))
                .options(params.problems());
    }

    @Override
    protected void filter(
            Exchange exchange, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (options.hideServer()) {
            exchange.responseHeaders().remove(SOFTWARE);
        }
        write(options.always(), exchange, response);
        if (request.isSecure()) {
            write(options.secure(), exchange, response);
        }
        chain.doFilter(request, response);
    }

    private void write(List<HeaderField> fields, Exchange exchange, HttpServletResponse response) {
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            if (options.override()) {
                setResponseHeader(exchange, response, field.name(), field.value());
            } else {
                presetResponseHeader(exchange, response, field.name(), field.value());
            }
        }
    }
}
