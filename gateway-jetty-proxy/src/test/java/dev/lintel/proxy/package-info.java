/** Tests of the proxy over real sockets. */
@NullMarked
package dev.lintel.proxy;

import org.jspecify.annotations.NullMarked;
