package dev.lintel.server;

import java.util.List;

/**
 * One request.
 *
 * @param name a number and what is sent
 * @param request the bytes, as ISO-8859-1
 * @param statuses those it may be answered with; none if the connection may end without an answer
 * @param closes whether the connection must be closed afterwards
 * @param reaches whether the upstream sees it, once and whole; else it sees nothing
 */
record HostileRow(String name, String request, List<Integer> statuses, boolean closes, boolean reaches) {
    @Override
    public String toString() {
        return name;
    }
}
