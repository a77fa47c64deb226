/**
 * What a gateway would do with a request, as a value: the request as it is described, and everything that was decided about it, to be
 * read by people and programs. Imports the contracts only; who decides is {@code dev.lintel.router.Explainer}.
 */
@NullMarked
package dev.lintel.explain;

import org.jspecify.annotations.NullMarked;
