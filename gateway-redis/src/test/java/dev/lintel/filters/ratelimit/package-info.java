/** What tests of shared counts need from the package of this name. */
@NullMarked
package dev.lintel.filters.ratelimit;

import org.jspecify.annotations.NullMarked;
