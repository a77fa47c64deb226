package dev.lintel.conformance.server;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.testing.Container;

class JettyEe10ConformanceTest extends ConformanceRun {

    JettyEe10ConformanceTest() {
        super(
                (form, gateway, application) -> form == Form.SERVLET_JETTY_EE10
                        ? Started.servlet(Container.JETTY_EE10, gateway)
                        : Started.filter(Container.JETTY_EE10, gateway, application),
                Form.SERVLET_JETTY_EE10,
                Form.FILTER_JETTY_EE10);
    }
}
