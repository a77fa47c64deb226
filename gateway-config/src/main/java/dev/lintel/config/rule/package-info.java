/** Matching rules written as one text, such as {@code Host(`a.example`) && PathPrefix(`/v1`)}. */
@NullMarked
package dev.lintel.config.rule;

import org.jspecify.annotations.NullMarked;
