/** A cache in front of an application that answers in every way that containers offer; imports the Servlet API and Lintel. */
@NullMarked
package dev.lintel.conformance.cache;

import org.jspecify.annotations.NullMarked;
