package dev.lintel.conformance.boot40jetty;

import dev.lintel.conformance.boot.CachedBootRun;

class Boot40JettyCacheConformanceTest extends CachedBootRun {}
