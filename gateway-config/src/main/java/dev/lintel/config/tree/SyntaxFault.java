package dev.lintel.config.tree;

import dev.lintel.config.report.Findings;
import dev.lintel.config.report.Position;
import java.util.List;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;

/**
 * A place where a file stops being YAML, and why.
 *
 * @param position where
 * @param message why
 */
record SyntaxFault(Position position, String message) {

    /** With the places where brackets begin that are open still, the innermost last. */
    static SyntaxFault of(MarkedYamlEngineException malformed, String file, List<Position> open) {
        String problem = malformed.getProblem() == null ? "not YAML" : malformed.getProblem();
        Position at =
                malformed.getProblemMark().map(mark -> position(file, mark)).orElse(new Position(file, 1, 1));
        Position begun =
                malformed.getContextMark().map(mark -> position(file, mark)).orElse(null);
        String context = malformed.getContext() == null ? "" : malformed.getContext();
        // what is never ended is wrong where it begins; the end of the file says nothing
        boolean unended = problem.contains("end of stream") || problem.contains("<stream end>");
        boolean elsewhere = begun != null && begun.line() < at.line();
        if (unended && begun != null && (elsewhere || open.isEmpty())) {
            return new SyntaxFault(begun, plain(context.replace("while ", "end of file while ")));
        }
        if (unended && !open.isEmpty()) {
            return new SyntaxFault(open.get(open.size() - 1), "end of file before the closing bracket");
        }
        String where = begun == null || begun.equals(at)
                ? ""
                : ", " + context + " that begins in line " + begun.line() + ", column " + begun.column();
        return new SyntaxFault(at, plain(problem) + where);
    }

    void note(Findings findings) {
        findings.error("syntax", position, 1, message, null, null);
    }

    /** The place of a character of a text, counted in code points. */
    static Position position(String file, String text, int index) {
        int line = 1;
        int column = 1;
        int seen = 0;
        for (int i = 0; i < text.length() && seen < index; i += Character.charCount(text.codePointAt(i)), seen++) {
            boolean lineFeed = text.charAt(i) == '\n';
            line += lineFeed ? 1 : 0;
            column = lineFeed ? 1 : column + 1;
        }
        return new Position(file, line, column);
    }

    private static Position position(String file, Mark mark) {
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    private static String plain(String problem) {
        return problem.replaceAll("\\s+", " ").strip();
    }
}
