/**
 * What every filter of Lintel is made of: its base class, the views of request and response, and completion. Imports the
 * rest of the contracts.
 */
@NullMarked
package dev.lintel.filter;

import org.jspecify.annotations.NullMarked;
