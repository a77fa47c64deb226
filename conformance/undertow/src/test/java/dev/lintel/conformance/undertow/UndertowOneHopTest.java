package dev.lintel.conformance.undertow;

import dev.lintel.conformance.OneHopRun;

class UndertowOneHopTest extends OneHopRun {

    UndertowOneHopTest() {
        super(new UndertowContainer());
    }
}
