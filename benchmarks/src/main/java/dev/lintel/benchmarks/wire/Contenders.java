package dev.lintel.benchmarks.wire;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** All gateways that can take part, each on a port of its own. */
final class Contenders {

    static final String BASELINE = "nginx";

    private final Path directory;
    private final Path java;
    private final List<String> jvm;
    private final int upstream;
    private final List<Contender> all = new ArrayList<>();

    private Contenders(Options options, Path directory, int upstream) {
        this.directory = directory;
        this.java = options.java();
        this.jvm = options.jvm();
        this.upstream = upstream;
    }

    /** Those that are asked for, nginx first; one that is not built is named on the error output and left out. */
    static List<Contender> of(Options options, Path directory, int upstream) throws IOException {
        Contenders contenders = new Contenders(options, directory, upstream);
        contenders.addAll();
        List<Contender> chosen = contenders.all.stream()
                .filter(each -> each.name().equals(BASELINE)
                        || options.only().isEmpty() && !each.name().equals("lintel-routes")
                        || options.only().contains(each.name()))
                .toList();
        for (String name : options.only()) {
            if (chosen.stream().noneMatch(each -> each.name().equals(name))) {
                System.err.println("--only: " + name + " is left out (expected: one of "
                        + contenders.all.stream().map(Contender::name).toList() + ")");
            }
        }
        return chosen;
    }

    /** Those that listen with TLS and are asked for, nginx first. The directory has their certificate. */
    static List<Contender> secure(Options options, Path directory, int upstream) throws IOException {
        Contenders contenders = new Contenders(options, directory, upstream);
        int port = FreePorts.next();
        contenders.all.add(new Contender(BASELINE, port, false, new Nginx(directory).secureGateway(port, upstream)));
        contenders.addSecure("lintel-bare", "bare");
        contenders.addSecure("lintel-full", "full");
        return contenders.all.stream()
                .filter(each -> each.name().equals(BASELINE)
                        || options.only().isEmpty()
                        || options.only().contains(each.name()))
                .toList();
    }

    private void addSecure(String name, String kind) {
        addMain(name, "LintelGateway", kind, directory.toString());
        Contender clear = all.remove(all.size() - 1);
        List<String> command = new ArrayList<>(clear.command());
        command.replaceAll(word -> word.equals(Integer.toString(clear.port())) ? "tls:" + word : word);
        all.add(new Contender(name, clear.port(), true, command));
    }

    private void addAll() throws IOException {
        int port = FreePorts.next();
        all.add(new Contender(BASELINE, port, false, new Nginx(directory).gateway(port, upstream)));
        addMain("jetty-async-proxy", "StockProxy");
        addMain("undertow", "UndertowProxy");
        addSpring("spring-cloud-gateway", "gateway.jar");
        addSpring("spring-cloud-gateway-jwt", "gateway-jwt.jar");
        addMain("lintel-bare", "LintelGateway", "bare", directory.toString());
        addMain("lintel-full", "LintelGateway", "full", directory.toString());
        addMain("lintel-routes", "LintelGateway", "routes", directory.toString());
        addOtherWiring("lintel-bare", "LintelGateway", "bare", directory.toString());
        addOtherWiring("lintel-full", "LintelGateway", "full", directory.toString());
    }

    private void addMain(String name, String main, String... args) {
        int port = FreePorts.next();
        List<String> command = jvm();
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        command.add("dev.lintel.benchmarks.contenders." + main);
        command.add(Integer.toString(port));
        command.add("http://127.0.0.1:" + upstream);
        command.addAll(List.of(args));
        all.add(new Contender(name, port, true, command));
    }

    private void addOtherWiring(String name, String main, String... args) {
        addMain(name, main, args);
        Contender usual = all.remove(all.size() - 1);
        all.add(usual.with(name + "-hand-overs", "-Ddev.lintel.oneLoop=false"));
    }

    private void addSpring(String name, String jar) {
        Path built = Path.of("benchmarks/spring-cloud-gateway/target", jar);
        if (!Files.exists(built)) {
            return;
        }
        int port = FreePorts.next();
        List<String> command = jvm();
        command.add("-jar");
        command.add(built.toString());
        command.add("--server.port=" + port);
        command.add("--upstream=http://127.0.0.1:" + upstream);
        command.add("--key=file:" + directory.resolve("issuer.pem"));
        all.add(new Contender(name, port, true, command));
    }

    private List<String> jvm() {
        List<String> command = new ArrayList<>();
        command.add(java.resolve("bin/java").toString());
        command.addAll(jvm);
        return command;
    }
}
