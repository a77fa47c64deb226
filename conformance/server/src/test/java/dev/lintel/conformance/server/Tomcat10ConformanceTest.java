package dev.lintel.conformance.server;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.testing.Container;

class Tomcat10ConformanceTest extends ConformanceRun {

    Tomcat10ConformanceTest() {
        super(Started.in(Container.TOMCAT_10), Form.SERVLET_TOMCAT_10, Form.FILTER_TOMCAT_10);
    }
}
