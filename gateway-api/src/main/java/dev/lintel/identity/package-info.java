/** Who is calling, and the header fields in which services learn it. Imports {@code option} and {@code request}. */
@NullMarked
package dev.lintel.identity;

import org.jspecify.annotations.NullMarked;
