/** Frames of HTTP/2 as rows of data; imports the frames of the test fixtures alone. */
@NullMarked
package dev.lintel.conformance.frames;

import org.jspecify.annotations.NullMarked;
