/** Runs the archive in Tomcat as it is downloaded; imports the test fixtures. */
@NullMarked
package dev.lintel.examples.war;

import org.jspecify.annotations.NullMarked;
