/** Where requests go: upstreams, their targets, and how one is chosen. Imports {@code option} and {@code request}. */
@NullMarked
package dev.lintel.upstream;

import org.jspecify.annotations.NullMarked;
