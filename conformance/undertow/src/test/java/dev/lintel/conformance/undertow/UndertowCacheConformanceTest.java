package dev.lintel.conformance.undertow;

import dev.lintel.conformance.cache.CacheRun;

class UndertowCacheConformanceTest extends CacheRun {

    UndertowCacheConformanceTest() {
        super(new UndertowContainer(), new UndertowContainer()::startHttp2);
    }

    /** Undertow has cookies beside the fields until it sends them. */
    @Override
    protected boolean showsCookiesInFront() {
        return false;
    }
}
