/** Reading and checking of options: problems, units, init-params. Imports nothing of Lintel. */
@NullMarked
package dev.lintel.option;

import org.jspecify.annotations.NullMarked;
