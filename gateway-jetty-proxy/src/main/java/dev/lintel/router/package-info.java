/** Matches requests and runs their chains; imports the contracts and the servlet API, never Jetty. */
@NullMarked
package dev.lintel.router;

import org.jspecify.annotations.NullMarked;
