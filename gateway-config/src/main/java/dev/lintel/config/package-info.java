/** A gateway from a file: reading, checking, and what other programs ask about it. The other packages of this module serve this one. */
@NullMarked
package dev.lintel.config;

import org.jspecify.annotations.NullMarked;
