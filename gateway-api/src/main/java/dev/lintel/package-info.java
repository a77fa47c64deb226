/**
 * The gateway as a value ({@link dev.lintel.Gateway}, {@link dev.lintel.Route}, {@link dev.lintel.Destination}) and the
 * facts of one request ({@link dev.lintel.Exchange}). Imports {@code option}, {@code request}, {@code reject},
 * {@code identity} and {@code upstream}.
 */
@NullMarked
package dev.lintel;

import org.jspecify.annotations.NullMarked;
