package dev.lintel.config.report;

import java.util.Locale;

/** How bad a finding is. */
public enum Severity {
    /** Nothing starts with it. */
    ERROR,
    /** Allowed, and probably not meant. */
    WARNING;

    /** {@code error} or {@code warning}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
