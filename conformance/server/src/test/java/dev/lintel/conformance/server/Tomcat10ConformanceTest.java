package dev.lintel.conformance.server;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.testing.Container;

class Tomcat10ConformanceTest extends ConformanceRun {

    Tomcat10ConformanceTest() {
        super(
                (form, gateway, application) -> form == Form.SERVLET_TOMCAT_10
                        ? Started.servlet(Container.TOMCAT_10, gateway)
                        : Started.filter(Container.TOMCAT_10, gateway, application),
                Form.SERVLET_TOMCAT_10,
                Form.FILTER_TOMCAT_10);
    }
}
