package dev.lintel.conformance.jettyee11;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;

class JettyEe11ConformanceTest extends ConformanceRun {

    JettyEe11ConformanceTest() {
        super(new JettyEe11(), Form.SERVLET_JETTY_EE11, Form.FILTER_JETTY_EE11);
    }
}
