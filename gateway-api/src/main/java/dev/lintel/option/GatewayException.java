package dev.lintel.option;

import java.util.List;

/** A configuration that cannot be used, with every problem of the object being built. */
public final class GatewayException extends RuntimeException {

    /** The exit status that a main ends with on a bad configuration ({@code EX_CONFIG} of sysexits). */
    public static final int EXIT_STATUS = 78;

    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /**
     * Makes the exception.
     *
     * @param subject the object that could not be built
     * @param problems all that is wrong with it, at least one
     */
    public GatewayException(String subject, List<Problem> problems) {
        super(message(subject, problems));
        this.problems = List.copyOf(problems);
    }

    /** Everything that is wrong, in the order found. */
    public List<Problem> problems() {
        return problems;
    }

    private static String message(String subject, List<Problem> problems) {
        StringBuilder text = new StringBuilder(subject)
                .append(": ")
                .append(problems.size())
                .append(problems.size() == 1 ? " problem" : " problems");
        for (Problem problem : problems) {
            text.append(System.lineSeparator()).append("  ").append(problem);
        }
        return text.toString();
    }
}
