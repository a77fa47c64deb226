package dev.lintel.conformance.boot40jetty;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.conformance.boot.BootRunner;

class Boot40JettyConformanceTest extends ConformanceRun {

    Boot40JettyConformanceTest() {
        super(new BootRunner(), Form.SERVLET_BOOT_4_0_JETTY_EE11, Form.FILTER_BOOT_4_0_JETTY_EE11);
    }
}
