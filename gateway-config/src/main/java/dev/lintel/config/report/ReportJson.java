package dev.lintel.config.report;

import org.jspecify.annotations.Nullable;

/** Writes a report as JSON (RFC 8259). */
final class ReportJson {

    private final StringBuilder out = new StringBuilder();

    private ReportJson() {}

    static String of(CheckReport report) {
        return new ReportJson().write(report);
    }

    private String write(CheckReport report) {
        out.append("{\"valid\":").append(report.isValid());
        out.append(",\"errors\":").append(report.errors().size());
        out.append(",\"warnings\":").append(report.warnings().size());
        out.append(",\"findings\":[");
        String between = "";
        for (Finding finding : report.findings()) {
            out.append(between);
            write(finding);
            between = ",";
        }
        return out.append("]}").toString();
    }

    private void write(Finding finding) {
        out.append("{\"severity\":\"").append(finding.severity().word()).append('"');
        member("name", finding.name());
        member("file", finding.position().file());
        out.append(",\"line\":").append(finding.position().line());
        out.append(",\"column\":").append(finding.position().column());
        out.append(",\"length\":").append(finding.length());
        member("message", finding.message());
        member("expected", finding.expected());
        member("suggestion", finding.suggestion());
        out.append('}');
    }

    private void member(String name, @Nullable String text) {
        if (text == null) {
            return;
        }
        out.append(",\"").append(name).append("\":\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < 0x20 || c >= 0x7f) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
