package dev.lintel.filters.securityheaders;

import dev.lintel.HeaderField;
import java.util.List;

/**
 * The options of a {@link SecurityHeadersFilter}, made ready by its builder.
 *
 * @param always fields of every answer
 * @param secure fields of answers over TLS only
 * @param override whether they replace what the destination says
 * @param hideServer whether fields that tell of the server's software go
 */
record SecurityHeadersOptions(
        List<HeaderField> always, List<HeaderField> secure, boolean override, boolean hideServer) {}
