package dev.lintel.conformance;

import dev.lintel.testing.Container;
import java.util.EnumSet;
import java.util.Set;

/** A way of running a gateway. */
enum Form {
    /** The server that comes with it. */
    SERVER("server", "server"),
    /** {@code GatewayServlet} in Jetty as somebody else runs it. */
    SERVLET_JETTY("servlet", "servlet, Jetty"),
    /** {@code GatewayServlet} in Tomcat. */
    SERVLET_TOMCAT("servlet", "servlet, Tomcat"),
    /** {@code RouterFilter} in front of an application in Jetty. */
    FILTER_JETTY("filter", "filter, Jetty"),
    /** {@code RouterFilter} in front of an application in Tomcat. */
    FILTER_TOMCAT("filter", "filter, Tomcat");

    private final String family;
    private final String title;

    Form(String family, String title) {
        this.family = family;
        this.title = title;
    }

    /** What reports call it. */
    String title() {
        return title;
    }

    /** The container that it runs in. */
    Container container() {
        return name().endsWith("TOMCAT") ? Container.TOMCAT_10 : Container.JETTY_EE10;
    }

    /** Whether a container that is not ours parses the requests. */
    boolean inForeignContainer() {
        return this != SERVER;
    }

    /** Whether most routes lead to an application in the same container. */
    boolean inFrontOfApplication() {
        return family.equals("filter");
    }

    /** The forms that a word in a row means: a form, or {@code server}, {@code servlet}, {@code filter}, {@code jetty}, {@code tomcat}. */
    static Set<Form> named(String words) {
        EnumSet<Form> named = EnumSet.noneOf(Form.class);
        for (String word : words.split(",", -1)) {
            EnumSet<Form> meant = EnumSet.noneOf(Form.class);
            for (Form form : values()) {
                String name = form.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
                if (name.equals(word) || form.family.equals(word) || name.endsWith("-" + word)) {
                    meant.add(form);
                }
            }
            if (meant.isEmpty()) {
                throw new IllegalArgumentException("form: " + word + " (expected: such as servlet or filter-tomcat)");
            }
            named.addAll(meant);
        }
        return named;
    }
}
