/**
 * What a request says, read once and strictly: path, authority, client address, header names. Imports {@code option}
 * and {@code reject}.
 */
@NullMarked
package dev.lintel.request;

import org.jspecify.annotations.NullMarked;
