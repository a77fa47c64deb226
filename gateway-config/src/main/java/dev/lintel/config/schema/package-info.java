/** The JSON Schema of {@code gateway.yaml}, made from the catalogues of what can be told. Imports the contracts and the server only. */
@NullMarked
package dev.lintel.config.schema;

import org.jspecify.annotations.NullMarked;
