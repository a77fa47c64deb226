/** The gateways that are compared, each a process with a main class of its own. Imports no other package of the benchmarks. */
@NullMarked
package dev.lintel.benchmarks.contenders;

import org.jspecify.annotations.NullMarked;
