package dev.lintel.conformance.undertow;

import dev.lintel.conformance.ConformanceRun;
import dev.lintel.conformance.Form;

class UndertowConformanceTest extends ConformanceRun {

    UndertowConformanceTest() {
        super(new UndertowContainer(), Form.SERVLET_UNDERTOW_2, Form.FILTER_UNDERTOW_2);
    }
}
