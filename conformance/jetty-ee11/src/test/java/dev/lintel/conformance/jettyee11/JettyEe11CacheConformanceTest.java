package dev.lintel.conformance.jettyee11;

import dev.lintel.conformance.cache.CacheRun;

class JettyEe11CacheConformanceTest extends CacheRun {

    JettyEe11CacheConformanceTest() {
        super(new JettyEe11(), new JettyEe11()::startHttp2);
    }
}
