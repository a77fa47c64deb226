/** An application that uses much of what containers offer, with and without a gateway in front; imports the Servlet API and Lintel. */
@NullMarked
package dev.lintel.conformance.monolith;

import org.jspecify.annotations.NullMarked;
