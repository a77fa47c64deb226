package dev.lintel.conformance;

import dev.lintel.conformance.frames.FrameRow;
import dev.lintel.conformance.frames.FrameRows;
import dev.lintel.conformance.frames.H2SpecListed;
import dev.lintel.conformance.frames.TakenFrames;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Writes {@code docs/CONFORMANCE.md} from the rows and the deviations. */
final class ConformancePage {

    private static final String FRAMES = "F";

    /** Where the frames are played: in our own server each must end as it says, elsewhere no bad request may come through. */
    private static final Set<Form> WITH_FRAMES = EnumSet.of(
            Form.SERVER,
            Form.SERVER_HAND_OVERS,
            Form.SERVLET_JETTY_EE11,
            Form.SERVLET_TOMCAT_11,
            Form.SERVLET_UNDERTOW_2);

    private static final Map<String, String> GROUPS = new TreeMap<>(Map.ofEntries(
            Map.entry("A", "Request line and target"),
            Map.entry("B", "Host"),
            Map.entry("C", "Header fields"),
            Map.entry("D", "Message framing"),
            Map.entry("E", "Methods, Upgrade, Expect, Range, conditions"),
            Map.entry(FRAMES, "HTTP/2 frames"),
            Map.entry("G", "Identity and forwarded fields"),
            Map.entry("H", "Tokens"),
            Map.entry("J", "API keys"),
            Map.entry("L", "Upstream faults"),
            Map.entry("M", "Client faults"),
            Map.entry("Q", "Answers, byte for byte"),
            Map.entry("R", "Requests, byte for byte"),
            Map.entry("X", "What Jetty's proxy servlet does by itself")));

    private final List<Row> rows;
    private final List<Deviation> deviations;
    private final StringBuilder page = new StringBuilder();

    private ConformancePage(List<Row> rows, List<Deviation> deviations) {
        this.rows = rows;
        this.deviations = deviations;
    }

    /** The whole page. */
    static String of(List<Row> rows, List<Deviation> deviations) {
        ConformancePage made = new ConformancePage(rows, deviations);
        made.introduction();
        made.counts();
        made.defects();
        made.deviations();
        made.groups();
        return made.page.toString();
    }

    private void introduction() {
        page.append("""
                # Hostile input

                What a gateway does with malformed, ambiguous and dishonest requests, as rows of data. Every row is a sequence of
                exact bytes, sent over a socket to every form in which a gateway runs, and what may come of it: the answer, whether
                the connection is closed, and what the destination saw. Some say what the upstream answers, byte for byte, too. The
                rows are in
                `conformance/suite/src/main/resources/conformance`. This page is generated from them:
                `mvn -pl conformance/suite -am test -Dtest=ConformancePageTest -Dsurefire.failIfNoSpecifiedTests=false -Dlintel.conformance.write=true`.
                Each class path of containers is a module in `conformance`; `mvn -Pcontainers -pl conformance/tomcat-11 -am test
                -Dtest='*ConformanceTest' -Dsurefire.failIfNoSpecifiedTests=false` plays all rows there, `-Dlintel.rows=D,G02` some.

                For every row, whatever it expects:

                - the destination saw nothing that an independent strict parser refuses, one `Host`, and no request more than stated;
                - no answer is a 500 or shows a stack trace or a version; a refusal is a problem document that names the rule;
                - the destination saw the verified identity, in one line, or none: names are compared with everything but letters
                  and digits ignored;
                - a request that reached the filters has one line in the access log, with the id that client and destination saw,
                  without control characters and without the token or key;
                - the connection is closed after the answer, or serves a next request rightly; a good request on a new one succeeds.

                """);
    }

    private void counts() {
        page.append("## Counts\n\nRows, and among them deviations.\n\n| group | |");
        for (Form form : Form.values()) {
            page.append(' ').append(form.title()).append(" |");
        }
        page.append("\n|---|---|").append("---:|".repeat(Form.values().length)).append('\n');
        GROUPS.forEach((group, title) -> countsOf(group, title, inGroup(group)));
        countsOf("all", "", rows);
        page.append('\n');
    }

    private void countsOf(String group, String title, List<Row> counted) {
        if (group.equals(FRAMES)) {
            countsOfFrames(title);
            return;
        }
        if (counted.isEmpty()) {
            return;
        }
        page.append("| ").append(group).append(" | ").append(title).append(" |");
        for (Form form : Form.values()) {
            long deviating = counted.stream()
                    .filter(row -> Deviation.of(row, form).isPresent())
                    .count();
            page.append(' ').append(counted.size());
            page.append(deviating == 0 ? "" : ", " + deviating).append(" |");
        }
        page.append('\n');
    }

    private void countsOfFrames(String title) {
        page.append("| F | ").append(title).append(" |");
        for (Form form : Form.values()) {
            page.append(' ')
                    .append(WITH_FRAMES.contains(form) ? FrameRows.all().size() : 0)
                    .append(" |");
        }
        page.append('\n');
    }

    private void defects() {
        if (!Defect.all().isEmpty()) {
            page.append("""
                    ## Defects

                    What a container does wrong before any application sees it. In none does a destination see a forged identity, a
                    request that nobody sent, or a body that was cut short as if it were whole.

                    """);
            Defect.all()
                    .forEach(defect -> page.append("- **")
                            .append(String.join(", ", defect.ids()))
                            .append("** in ")
                            .append(titles(defect.forms()))
                            .append(": ")
                            .append(defect.what())
                            .append(". Mended by: ")
                            .append(defect.mend().equals("none") ? "nothing" : cell(defect.mend()))
                            .append(".\n"));
            page.append('\n');
        }
    }

    private void deviations() {
        page.append("""
                ## Deviations

                Where a container decides before the gateway sees the request. In no deviation does a destination see a request that
                it must not see, or an identity that was not verified.

                """);
        for (Deviation deviation : deviations) {
            page.append("- **").append(String.join(", ", deviation.ids())).append("** in ");
            page.append(titles(deviation.forms())).append(": ");
            page.append(summaries(deviation.outcomes(), deviation.forms()));
            page.append(deviation.outcomes().isEmpty() ? "" : ". ").append(sentence(deviation.why()));
            page.append(" Mended by: ").append(code(deviation.mend())).append(".\n");
        }
        page.append('\n');
    }

    private void groups() {
        GROUPS.forEach((group, title) -> {
            if (group.equals(FRAMES)) {
                frames(title);
            }
            Map<String, List<Row>> families = new LinkedHashMap<>();
            inGroup(group)
                    .forEach(row -> families.computeIfAbsent(row.family(), id -> new ArrayList<>())
                            .add(row));
            if (!families.isEmpty()) {
                page.append("## ").append(group).append(". ").append(title);
                page.append("\n\n| id | what | rows | may come of it | source |\n|---|---|---:|---|---|\n");
                families.forEach(this::family);
                page.append('\n');
            }
        });
    }

    private void frames(String title) {
        page.append("## F. ").append(title);
        page.append("""


                Frames as bytes, where HTTP/2 is switched on. In the server each row ends as it says, with and without hand-overs; in the servlets of
                Jetty ee11, Tomcat 11 and Undertow, whose own parsers decide how a connection ends, no bad request comes through to an upstream,
                and a good one on a new connection succeeds, but for these, which do no harm:

                """);
        TakenFrames.all()
                .forEach(taken -> page.append("- ")
                        .append(taken.container())
                        .append(", ")
                        .append(String.join("; ", taken.rows()))
                        .append(": ")
                        .append(taken.why())
                        .append(".\n"));
        page.append("""

                | section of RFC 9113 | rows | may come of it in the server |
                |---|---:|---|
                """);
        Map<String, List<FrameRow>> sections = new LinkedHashMap<>();
        FrameRows.all()
                .forEach(row -> sections.computeIfAbsent(row.section(), section -> new ArrayList<>())
                        .add(row));
        sections.forEach((section, rows) -> {
            Set<String> ends = new LinkedHashSet<>();
            rows.forEach(row -> ends.add(
                    switch (row.end()) {
                        case ANSWERED -> "200";
                        case CONTINUED -> "the connection goes on";
                        case STREAM_ERROR -> "the stream ends with an error";
                        case REFUSED -> "400 to 501, or the stream ends with an error";
                        case CONNECTION_ERROR -> "the connection ends with an error";
                    }));
            page.append("| ").append(section).append(" | ").append(rows.size()).append(" | ");
            page.append(String.join("; or ", ends)).append(" |\n");
        });
        page.append('\n');
        h2spec();
    }

    private void h2spec() {
        page.append("""
                h2spec 2.2.0, a program of others that Maven brings, plays its 146 cases, the strict one too, against the server, in
                clear text and over TLS: `mvn -Pintegration -pl conformance/server -am verify -Dtest=none
                -Dsurefire.failIfNoSpecifiedTests=false -Dit.test='H2Spec*IT'`. Release 2.6.0 has one case more (RFC 7541 section 2.3.3,
                the index of a name), which is a row above. All end as it asks but these, by the sections of RFC 7540 that it names:

                """);
        H2SpecListed.all()
                .forEach(listed -> page.append("- ")
                        .append(listed.section())
                        .append(", ")
                        .append(listed.cases().stream().map(String::valueOf).collect(Collectors.joining(", ")))
                        .append(": ")
                        .append(listed.why())
                        .append(".\n"));
        page.append('\n');
    }

    private void family(String id, List<Row> variants) {
        Set<String> outcomes = new LinkedHashSet<>();
        variants.forEach(row -> outcomes.add(summaries(row.outcomes(), EnumSet.allOf(Form.class))));
        Row first = variants.get(0);
        page.append("| ").append(id).append(" | ").append(cell(first.name())).append(" | ");
        page.append(variants.size())
                .append(" | ")
                .append(String.join("; or ", outcomes))
                .append(" | ");
        page.append(cell(first.source())).append(" |\n");
    }

    private static String summaries(List<Outcome> outcomes, Set<Form> forms) {
        List<String> texts = new ArrayList<>();
        for (Outcome outcome : outcomes) {
            boolean everywhere = outcome.forms().containsAll(forms);
            texts.add(outcome.summary() + (everywhere ? "" : " (" + titles(outcome.forms()) + ")"));
        }
        return String.join("; or ", texts);
    }

    private List<Row> inGroup(String group) {
        return rows.stream().filter(row -> row.group().equals(group)).toList();
    }

    private static String titles(Set<Form> forms) {
        return String.join("; ", forms.stream().map(Form::title).toList());
    }

    private static String sentence(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1) + ".";
    }

    private static String code(String mend) {
        return mend.equals("none") ? "nothing" : cell("`" + mend + "`");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
