package dev.lintel.filters.requestid;

import java.lang.reflect.Field;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;

/** A logging context that keeps what is put into it; the binding that tests run with drops everything. */
final class RecordedContext {

    private RecordedContext() {}

    /** What is done with it. */
    interface Body {
        void run() throws Exception;
    }

    static void during(Body body) throws Exception {
        Field adapter = MDC.class.getDeclaredField("MDC_ADAPTER");
        adapter.setAccessible(true);
        Object before = adapter.get(null);
        adapter.set(null, new BasicMDCAdapter());
        try {
            body.run();
        } finally {
            adapter.set(null, before);
        }
    }
}
