package dev.lintel.conformance.boot35undertow;

import dev.lintel.conformance.boot.CachedBootRun;

class Boot35UndertowCacheConformanceTest extends CachedBootRun {}
