/** Main classes that show the gateway at work; may import everything. */
@NullMarked
package dev.lintel.examples;

import org.jspecify.annotations.NullMarked;
