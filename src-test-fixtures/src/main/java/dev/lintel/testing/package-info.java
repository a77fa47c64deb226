/** Real clients, upstreams, tokens and clocks for tests; imports the contracts and anything a test needs. */
@NullMarked
package dev.lintel.testing;

import org.jspecify.annotations.NullMarked;
