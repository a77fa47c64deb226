/** Chooses the target of each request. Imports the contracts, never the servlet API or Jetty. */
@NullMarked
package dev.lintel.balancing;

import org.jspecify.annotations.NullMarked;
