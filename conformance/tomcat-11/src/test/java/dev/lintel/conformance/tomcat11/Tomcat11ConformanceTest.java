package dev.lintel.conformance.tomcat11;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;

class Tomcat11ConformanceTest extends ConformanceRun {

    Tomcat11ConformanceTest() {
        super(new Tomcat11(), Form.SERVLET_TOMCAT_11, Form.FILTER_TOMCAT_11);
    }
}
