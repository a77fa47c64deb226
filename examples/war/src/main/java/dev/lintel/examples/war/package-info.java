/** An application that knows nothing of the filters in front of it; imports the Servlet API alone. */
@NullMarked
package dev.lintel.examples.war;

import org.jspecify.annotations.NullMarked;
