package dev.lintel.examples;

/** Starts the demonstration. */
public final class Main {
    private Main() {}

    /**
     * Runs until it is done.
     *
     * @param args the options of the command line
     */
    public static void main(String[] args) {
        System.out.println("Lintel");
    }
}
