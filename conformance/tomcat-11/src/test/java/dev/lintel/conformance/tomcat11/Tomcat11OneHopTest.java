package dev.lintel.conformance.tomcat11;

import dev.lintel.conformance.OneHopRun;

class Tomcat11OneHopTest extends OneHopRun {

    Tomcat11OneHopTest() {
        super(new Tomcat11());
    }
}
