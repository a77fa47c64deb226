/** From the tree to the gateway: every section of the file, checked against what the builders can say. */
@NullMarked
package dev.lintel.config.bind;

import org.jspecify.annotations.NullMarked;
