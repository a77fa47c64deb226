package dev.lintel.filter;

/** An answer with which a filter has more to do when an asynchronous request ends; see {@link EndingRequest}. */
public interface AsyncEnding {

    /** The request goes on asynchronously. */
    void leaveOpen();

    /** A dispatch follows, of whose end this may not be told. */
    void suspend();

    /**
     * The application has ended the request.
     *
     * @param then completes it; to be run once, now or later, on any thread
     */
    void complete(Runnable then);
}
