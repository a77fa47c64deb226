package dev.lintel.conformance.server;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.testing.Container;

class JettyEe10ConformanceTest extends ConformanceRun {

    JettyEe10ConformanceTest() {
        super(Started.in(Container.JETTY_EE10), Form.SERVLET_JETTY_EE10, Form.FILTER_JETTY_EE10);
    }
}
