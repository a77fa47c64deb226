package dev.lintel.conformance.tomcat11;

import dev.lintel.conformance.cache.CacheRun;

class Tomcat11CacheConformanceTest extends CacheRun {

    Tomcat11CacheConformanceTest() {
        super(new Tomcat11(), new Tomcat11()::startHttp2);
    }
}
