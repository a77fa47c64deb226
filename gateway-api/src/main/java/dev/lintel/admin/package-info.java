/** What modules and filters add to the admin port of a server. */
@NullMarked
package dev.lintel.admin;

import org.jspecify.annotations.NullMarked;
