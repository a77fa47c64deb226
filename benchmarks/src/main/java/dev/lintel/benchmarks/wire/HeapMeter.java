package dev.lintel.benchmarks.wire;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** Asks another Java process how much its threads have allocated. Not thread-safe. */
final class HeapMeter implements AutoCloseable {

    private final JMXConnector connector;
    private final MBeanServerConnection beans;
    private final ObjectName threads;

    private HeapMeter(JMXConnector connector) throws IOException, JMException {
        this.connector = connector;
        this.beans = connector.getMBeanServerConnection();
        this.threads = new ObjectName("java.lang:type=Threading");
    }

    /** The address is what the process itself, started here, has answered. */
    @SuppressWarnings("BanJNDI")
    static HeapMeter of(ProcessHandle process) {
        try {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                String url = machine.startLocalManagementAgent();
                return new HeapMeter(JMXConnectorFactory.connect(new JMXServiceURL(url)));
            } finally {
                machine.detach();
            }
        } catch (IOException | AttachNotSupportedException | JMException failed) {
            throw new IllegalStateException("process " + process.pid() + ": not to be asked", failed);
        }
    }

    /** Bytes allocated by the threads that are alive. */
    long allocated() {
        try {
            Object ids = beans.getAttribute(threads, "AllThreadIds");
            Object sizes = beans.invoke(threads, "getThreadAllocatedBytes", new Object[] {ids}, new String[] {"[J"});
            return Arrays.stream((long[]) sizes).filter(size -> size > 0).sum();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Bytes in use after a full collection. */
    long live() {
        try {
            beans.invoke(new ObjectName("java.lang:type=Memory"), "gc", new Object[0], new String[0]);
            CompositeData usage =
                    (CompositeData) beans.getAttribute(new ObjectName("java.lang:type=Memory"), "HeapMemoryUsage");
            return (Long) usage.get("used");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (JMException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void close() {
        try {
            connector.close();
        } catch (IOException gone) {
            // its process has ended
        }
    }
}
