/** What was found in configuration files: findings with positions, and their printed forms. Knows nothing of gateways. */
@NullMarked
package dev.lintel.config.report;

import org.jspecify.annotations.NullMarked;
