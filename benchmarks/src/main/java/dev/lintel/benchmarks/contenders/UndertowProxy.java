package dev.lintel.benchmarks.contenders;

import io.undertow.Undertow;
import io.undertow.server.handlers.proxy.LoadBalancingProxyClient;
import io.undertow.server.handlers.proxy.ProxyHandler;
import java.net.URI;

/** Undertow's core {@code ProxyHandler}, without servlets: {@code UndertowProxy PORT UPSTREAM}. */
public final class UndertowProxy {

    private UndertowProxy() {}

    /**
     * Starts it.
     *
     * @param args the port, and the upstream's URL
     */
    public static void main(String[] args) {
        LoadBalancingProxyClient upstream = new LoadBalancingProxyClient()
                .setConnectionsPerThread(256)
                .setSoftMaxConnectionsPerThread(256)
                .setMaxQueueSize(1024);
        upstream.addHost(URI.create(args[1]));
        Undertow.builder()
                .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
                .setHandler(ProxyHandler.builder().setProxyClient(upstream).build())
                .build()
                .start();
    }
}
