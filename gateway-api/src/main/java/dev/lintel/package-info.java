/** The gateway, its routes and the exchange: values and contracts, importing the servlet API, SLF4J and nothing else. */
@NullMarked
package dev.lintel;

import org.jspecify.annotations.NullMarked;
