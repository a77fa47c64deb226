package dev.lintel.conformance.boot40tomcat;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.conformance.boot.BootRunner;

class Boot40TomcatConformanceTest extends ConformanceRun {

    Boot40TomcatConformanceTest() {
        super(new BootRunner(), Form.SERVLET_BOOT_4_0_TOMCAT_11, Form.FILTER_BOOT_4_0_TOMCAT_11);
    }
}
