/** Refuses requests while services are maintained. Imports the contracts only. */
@NullMarked
package dev.lintel.filters.maintenance;

import org.jspecify.annotations.NullMarked;
