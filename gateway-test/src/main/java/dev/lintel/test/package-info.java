/**
 * For the tests of those who build gateways: assertions that need no sockets, a fixture with a server and stub upstreams, tokens and a
 * clock. Imports the router's explanations, the server and AssertJ.
 */
@NullMarked
package dev.lintel.test;

import org.jspecify.annotations.NullMarked;
