package dev.lintel.config.tree;

import dev.lintel.config.report.Position;

/** A part of a file's content that knows where it stands. Immutable. */
public sealed interface Node permits ScalarNode, ListNode, MapNode {

    /** Where it begins. */
    Position position();

    /** How many characters of its first line it takes, at least 1. */
    int width();

    /** How many nodes it is made of, itself included, each counted as often as it is met. */
    long size();

    /** What it is, for messages: {@code a text}, {@code a list}, {@code a map}. */
    String kind();
}
