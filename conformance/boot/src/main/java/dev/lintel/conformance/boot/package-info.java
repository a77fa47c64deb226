/**
 * Runs the suite's gateways in a Spring Boot application; may import Spring Boot's names that all its versions have.
 */
@NullMarked
package dev.lintel.conformance.boot;

import org.jspecify.annotations.NullMarked;
