package dev.lintel;

/**
 * One header field.
 *
 * @param name its name, as it is to be written
 * @param value its value, as it is to be written
 */
public record HeaderField(String name, String value) {}
