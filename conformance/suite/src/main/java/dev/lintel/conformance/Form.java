package dev.lintel.conformance;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** A way of running a gateway: what it is registered as, and in which container. */
public enum Form {
    /** The server that comes with it: Jetty 12.1, ee10. */
    SERVER(Family.SERVER, Kind.OURS, "server"),
    /** The same with the threads of Jetty's own way: requests are handed over between them. */
    SERVER_HAND_OVERS(Family.SERVER, Kind.OURS, "server, hand-overs"),
    /** {@code GatewayServlet} in Jetty 12.1, ee10, as somebody else runs it. */
    SERVLET_JETTY_EE10(Family.SERVLET, Kind.JETTY, "servlet, Jetty ee10"),
    /** {@code RouterFilter} in front of an application in Jetty 12.1, ee10. */
    FILTER_JETTY_EE10(Family.FILTER, Kind.JETTY, "filter, Jetty ee10"),
    /** {@code GatewayServlet} in Jetty 12.1, ee11. */
    SERVLET_JETTY_EE11(Family.SERVLET, Kind.JETTY, "servlet, Jetty ee11"),
    /** {@code RouterFilter} in Jetty 12.1, ee11. */
    FILTER_JETTY_EE11(Family.FILTER, Kind.JETTY, "filter, Jetty ee11"),
    /** {@code GatewayServlet} in Tomcat 10.1. */
    SERVLET_TOMCAT_10(Family.SERVLET, Kind.TOMCAT, "servlet, Tomcat 10.1"),
    /** {@code RouterFilter} in Tomcat 10.1. */
    FILTER_TOMCAT_10(Family.FILTER, Kind.TOMCAT, "filter, Tomcat 10.1"),
    /** {@code GatewayServlet} in Tomcat 11. */
    SERVLET_TOMCAT_11(Family.SERVLET, Kind.TOMCAT, "servlet, Tomcat 11"),
    /** {@code RouterFilter} in Tomcat 11. */
    FILTER_TOMCAT_11(Family.FILTER, Kind.TOMCAT, "filter, Tomcat 11"),
    /** {@code GatewayServlet} in Undertow 2.3. */
    SERVLET_UNDERTOW_2(Family.SERVLET, Kind.UNDERTOW, "servlet, Undertow"),
    /** {@code RouterFilter} in Undertow 2.3. */
    FILTER_UNDERTOW_2(Family.FILTER, Kind.UNDERTOW, "filter, Undertow"),
    /** {@code GatewayServlet} in Spring Boot 3.5 on Tomcat. */
    SERVLET_BOOT_3_5_TOMCAT_10(Family.SERVLET, Kind.TOMCAT, "servlet, Boot 3.5 Tomcat"),
    /** {@code RouterFilter} in Spring Boot 3.5 on Tomcat. */
    FILTER_BOOT_3_5_TOMCAT_10(Family.FILTER, Kind.TOMCAT, "filter, Boot 3.5 Tomcat"),
    /** {@code GatewayServlet} in Spring Boot 3.5 on Undertow. */
    SERVLET_BOOT_3_5_UNDERTOW(Family.SERVLET, Kind.UNDERTOW, "servlet, Boot 3.5 Undertow"),
    /** {@code RouterFilter} in Spring Boot 3.5 on Undertow. */
    FILTER_BOOT_3_5_UNDERTOW(Family.FILTER, Kind.UNDERTOW, "filter, Boot 3.5 Undertow"),
    /** {@code GatewayServlet} in Spring Boot 4.0 on Tomcat. */
    SERVLET_BOOT_4_0_TOMCAT_11(Family.SERVLET, Kind.TOMCAT, "servlet, Boot 4.0 Tomcat"),
    /** {@code RouterFilter} in Spring Boot 4.0 on Tomcat. */
    FILTER_BOOT_4_0_TOMCAT_11(Family.FILTER, Kind.TOMCAT, "filter, Boot 4.0 Tomcat"),
    /** {@code GatewayServlet} in Spring Boot 4.0 on Jetty. */
    SERVLET_BOOT_4_0_JETTY_EE11(Family.SERVLET, Kind.JETTY, "servlet, Boot 4.0 Jetty"),
    /** {@code RouterFilter} in Spring Boot 4.0 on Jetty. */
    FILTER_BOOT_4_0_JETTY_EE11(Family.FILTER, Kind.JETTY, "filter, Boot 4.0 Jetty");

    /** What a gateway is registered as. */
    private enum Family {
        SERVER,
        SERVLET,
        FILTER
    }

    /** Whose parser reads the requests. */
    private enum Kind {
        OURS,
        JETTY,
        TOMCAT,
        UNDERTOW
    }

    private final Family family;
    private final Kind kind;
    private final String title;

    Form(Family family, Kind kind, String title) {
        this.family = family;
        this.kind = kind;
        this.title = title;
    }

    /** What reports call it. */
    String title() {
        return title;
    }

    /** Whether a container that is not ours parses the requests. */
    boolean inForeignContainer() {
        return kind != Kind.OURS;
    }

    /** Whether most routes lead to an application in the same container. */
    public boolean inFrontOfApplication() {
        return family == Family.FILTER;
    }

    /** What a row calls it, such as {@code servlet-tomcat-11}. */
    private String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private boolean isMeantBy(String word) {
        String familyWord = family.name().toLowerCase(Locale.ROOT);
        String kindWord = kind.name().toLowerCase(Locale.ROOT);
        return word().equals(word)
                || word().endsWith("-" + word)
                || familyWord.equals(word)
                || kindWord.equals(word)
                || word.equals(familyWord + "-" + kindWord);
    }

    /**
     * The forms that words in a row mean: {@code server}, {@code servlet}, {@code filter}, {@code jetty}, {@code tomcat-11},
     * {@code servlet-tomcat}, {@code filter-jetty-ee11} and so on, with commas.
     */
    static Set<Form> named(String words) {
        EnumSet<Form> named = EnumSet.noneOf(Form.class);
        for (String word : words.split(",", -1)) {
            EnumSet<Form> meant = EnumSet.noneOf(Form.class);
            for (Form form : values()) {
                if (form.isMeantBy(word)) {
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
