package dev.lintel.testing;

/** Decides what a {@link ScriptedUpstream} answers. Called on the thread of the connection, so for several at once. */
@FunctionalInterface
public interface Script {

    /**
     * The answer to that request, whose body has arrived unless the upstream was told to read it later or never.
     *
     * @throws Exception is recorded as a violation, and the connection is closed without an answer
     */
    Answer answer(ReceivedRequest request) throws Exception;
}
