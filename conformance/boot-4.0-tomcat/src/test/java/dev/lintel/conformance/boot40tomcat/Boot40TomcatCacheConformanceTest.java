package dev.lintel.conformance.boot40tomcat;

import dev.lintel.conformance.boot.CachedBootRun;

class Boot40TomcatCacheConformanceTest extends CachedBootRun {}
