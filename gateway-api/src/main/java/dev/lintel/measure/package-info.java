/** What parts of a gateway tell about themselves to whoever keeps metrics. Imports nothing of Lintel. */
@NullMarked
package dev.lintel.measure;

import org.jspecify.annotations.NullMarked;
