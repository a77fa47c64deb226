package dev.lintel.upstream;

import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionReader;
import java.util.List;

/** What an upstream can be told, beside its name. */
final class UpstreamCatalogue {

    static final Option<List<String>> TARGETS = Option.list(
                    "targets",
                    "URLs",
                    "http://host[:port][/base] or https://host[:port][/base]",
                    any -> true,
                    "the instances: `http://host[:port][/base]`, or the same with `https`")
            .orInWords("required, or `source`")
            .inCode("target");
    static final Option<String> SOURCE = Option.text(
                    "source", "class", "the name of a class", any -> true, "a `TargetSource` that knows the instances")
            .orInWords("none")
            .inCode("targets");
    static final Option<String> HOST = Option.text(
                    "host", "`host[:port]`", "host[:port]", any -> true, "what the upstream sees as `Host`")
            .orInWords("the target's own");
    static final Option<Boolean> PRESERVE_HOST =
            Option.flag("preserveHost", false, "passes on the `Host` that the client sent");
    static final Option<Long> MAX_CONNECTIONS = Option.number(
                    "maxConnections", 1, 65_535, "the most connections to one target")
            .or(256L);
    static final Option<Upstream.Protocol> PROTOCOL = Option.choice(
                    "protocol",
                    Upstream.Protocol.class,
                    "how requests travel: HTTP/1.1, HTTP/2 over TLS, or HTTP/2 in clear text")
            .or(Upstream.Protocol.H1);
    static final Option<String> LOAD_BALANCER = Option.text(
                    "loadBalancer",
                    "`round-robin` or a class",
                    "round-robin or the name of a class",
                    any -> true,
                    "how one of several targets is chosen")
            .or("round-robin");

    private static final OptionCatalogue CLIENT_CERTIFICATE = OptionCatalogue.of(
            "clientCertificate",
            "what the gateway identifies itself by",
            Option.file("certificates", "the certificate and then its issuers, as PEM")
                    .required(),
            Option.file("key", "its private key, as PEM").required(),
            Option.text("password", "of the key, if it is encrypted").secret(),
            Option.file("passwordFile", "its first line is the password"));
    static final Option<OptionReader> TLS = Option.group(
                    "tls",
                    OptionCatalogue.of(
                            "tls",
                            "whom an upstream may be",
                            Option.file("authorities", "whose certificates are believed, as PEM; no others")
                                    .orInWords("those of the JVM"),
                            Option.text("serverName", "the name that is asked for and that the certificate must be for")
                                    .orInWords("the target's host"),
                            Option.group(
                                    "clientCertificate", CLIENT_CERTIFICATE, "what the gateway identifies itself by"),
                            Option.flag(
                                    "insecureSkipVerify",
                                    false,
                                    "believes anybody: whoever is on the way reads and changes everything")),
                    "whom `https` targets may be, see [TLS](tls.md#to-upstreams)")
            .orInWords("what the JVM trusts");

    static final OptionCatalogue ALL = OptionCatalogue.of(
            "upstream",
            "where the instances of a service are, and how they are spoken to",
            TARGETS,
            SOURCE,
            HOST,
            PRESERVE_HOST,
            MAX_CONNECTIONS,
            PROTOCOL,
            TLS,
            LOAD_BALANCER);

    private UpstreamCatalogue() {}
}
