/** The content of configuration files as a tree in which every node knows where it stands. Knows nothing of gateways. */
@NullMarked
package dev.lintel.config.tree;

import org.jspecify.annotations.NullMarked;
