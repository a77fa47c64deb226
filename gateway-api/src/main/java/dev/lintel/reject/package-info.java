/** What is answered when a request is refused, and how it is written. Imports nothing of Lintel. */
@NullMarked
package dev.lintel.reject;

import org.jspecify.annotations.NullMarked;
