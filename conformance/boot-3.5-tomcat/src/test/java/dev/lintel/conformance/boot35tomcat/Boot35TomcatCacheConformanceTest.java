package dev.lintel.conformance.boot35tomcat;

import dev.lintel.conformance.boot.CachedBootRun;

class Boot35TomcatCacheConformanceTest extends CachedBootRun {}
