package dev.lintel.config.report;

import java.util.List;

/**
 * Everything that was found in a configuration file and the files it includes: errors and warnings, in the order in which
 * they stand there. Immutable; holds no secret.
 *
 * @param findings all of them, file by file in the order of reading, each from top to bottom
 */
public record CheckReport(List<Finding> findings) {

    /** Copies the findings. */
    public CheckReport {
        findings = List.copyOf(findings);
    }

    /** What keeps the gateway from being started. */
    public List<Finding> errors() {
        return of(Severity.ERROR);
    }

    /** What is allowed and probably not meant. */
    public List<Finding> warnings() {
        return of(Severity.WARNING);
    }

    /** Whether there is no error; there may be warnings. */
    public boolean isValid() {
        return errors().isEmpty();
    }

    /** The findings as text, one after the other, and a line that counts them; ends with a line feed. */
    public String text() {
        StringBuilder text = new StringBuilder();
        findings.forEach(finding -> text.append(finding).append('\n'));
        return text.append(summary()).append('\n').toString();
    }

    /** Such as {@code 3 errors, 0 warnings}. */
    public String summary() {
        return counted(errors().size(), "error") + ", " + counted(warnings().size(), "warning");
    }

    /**
     * The findings as one JSON object: {@code valid}, {@code errors}, {@code warnings} and {@code findings}, each of which has
     * {@code severity}, {@code name}, {@code file}, {@code line}, {@code column}, {@code length}, {@code message} and, where
     * there is one, {@code expected} and {@code suggestion}.
     */
    public String json() {
        return ReportJson.of(this);
    }

    @Override
    public String toString() {
        return text();
    }

    private List<Finding> of(Severity severity) {
        return findings.stream()
                .filter(finding -> finding.severity() == severity)
                .toList();
    }

    private static String counted(int number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
