package dev.lintel.filter;

/**
 * Marks a filter that has no effect but on the request, the response and the exchange that it is given, and on what comes after it: it
 * counts nothing, logs nothing, fetches nothing and remembers nothing. What it would do is then found out by having it do that with a
 * request that is only described, and a response that goes nowhere. Filters that do more, and extend {@link LintelFilter}, override
 * {@link LintelFilter#predict}.
 */
public interface Predictable {}
