package dev.lintel.conformance.boot35tomcat;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.conformance.boot.BootRunner;

class Boot35TomcatConformanceTest extends ConformanceRun {

    Boot35TomcatConformanceTest() {
        super(new BootRunner(), Form.SERVLET_BOOT_3_5_TOMCAT_10, Form.FILTER_BOOT_3_5_TOMCAT_10);
    }
}
