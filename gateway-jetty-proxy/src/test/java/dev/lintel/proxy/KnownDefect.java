package dev.lintel.proxy;

/** A way in which a proxy may go wrong, seen at Jetty's own. Asserts that the subject does not. */
@FunctionalInterface
interface KnownDefect {

    /** Throws an {@link AssertionError} if the subject has the defect. */
    void assertAbsent(Subject subject) throws Exception;

    /**
     * A defect with a name and what an assertion says where it is present.
     *
     * @param name what must hold
     * @param symptom a part of the assertion's message at Jetty's own servlet
     * @param check asserts that it holds
     */
    record Row(String name, String symptom, KnownDefect check) {
        @Override
        public String toString() {
            return name;
        }
    }
}
