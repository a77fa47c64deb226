/** The commands of Lintel: run, check, explain and the like. Each is one class. */
@NullMarked
package dev.lintel.cli;

import org.jspecify.annotations.NullMarked;
