package dev.lintel.testing;

/** A servlet container that {@link WebApp} can start. */
public enum Container {
    /** Jetty 12.1 with its Servlet 6.0 environment (ee10). */
    JETTY_EE10,
    /** Embedded Tomcat 10.1 (Servlet 6.0). */
    TOMCAT_10
}
