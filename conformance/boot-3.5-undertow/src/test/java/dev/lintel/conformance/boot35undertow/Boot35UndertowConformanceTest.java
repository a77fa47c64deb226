package dev.lintel.conformance.boot35undertow;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;
import dev.lintel.conformance.boot.BootRunner;

class Boot35UndertowConformanceTest extends ConformanceRun {

    Boot35UndertowConformanceTest() {
        super(new BootRunner(), Form.SERVLET_BOOT_3_5_UNDERTOW, Form.FILTER_BOOT_3_5_UNDERTOW);
    }
}
