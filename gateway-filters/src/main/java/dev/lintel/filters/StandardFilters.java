package dev.lintel.filters;

import dev.lintel.filter.FilterKind;
import dev.lintel.filter.FilterKinds;
import dev.lintel.filters.accesslog.AccessLogFilter;
import dev.lintel.filters.anyof.AnyOfFilter;
import dev.lintel.filters.apikey.ApiKeyAuthFilter;
import dev.lintel.filters.bodylimit.BodyLimitFilter;
import dev.lintel.filters.cache.CacheFilter;
import dev.lintel.filters.compression.CompressionFilter;
import dev.lintel.filters.cors.CorsFilter;
import dev.lintel.filters.headers.HeaderStripFilter;
import dev.lintel.filters.iprules.IpRulesFilter;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.maintenance.MaintenanceFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.filters.requestid.RequestIdFilter;
import dev.lintel.filters.securityheaders.SecurityHeadersFilter;
import dev.lintel.filters.transform.RequestTransformFilter;
import dev.lintel.filters.transform.ResponseTransformFilter;
import java.util.List;

/** The filters of this module, for files that name them. Thread-safe. */
public final class StandardFilters implements FilterKinds {

    private static final List<FilterKind> KINDS = List.of(
            FilterKind.of(RequestIdFilter::new),
            FilterKind.of(AccessLogFilter::new),
            FilterKind.of(HeaderStripFilter::new),
            FilterKind.of(SecurityHeadersFilter::new),
            FilterKind.of(CorsFilter::new),
            FilterKind.of(IpRulesFilter::new),
            FilterKind.of(MaintenanceFilter::new),
            FilterKind.of(BodyLimitFilter::new),
            FilterKind.of(CompressionFilter::new),
            FilterKind.of(RateLimitFilter::new),
            FilterKind.of(JwtAuthFilter::new),
            FilterKind.of(ApiKeyAuthFilter::new),
            FilterKind.of(AnyOfFilter::new),
            FilterKind.of(RequestTransformFilter::new),
            FilterKind.of(ResponseTransformFilter::new),
            FilterKind.of(CacheFilter::new));

    /** For {@link java.util.ServiceLoader}. */
    public StandardFilters() {}

    @Override
    public List<FilterKind> kinds() {
        return KINDS;
    }
}
