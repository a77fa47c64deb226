/** What is allowed and yet probably a hole: warnings with stable names. */
@NullMarked
package dev.lintel.config.lint;

import org.jspecify.annotations.NullMarked;
