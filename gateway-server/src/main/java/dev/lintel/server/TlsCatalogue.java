package dev.lintel.server;

import dev.lintel.https.TlsPreset;
import dev.lintel.option.Option;
import dev.lintel.option.OptionCatalogue;
import dev.lintel.option.OptionType;
import java.time.Duration;

/** What a server can be told of HTTPS by texts; a key store is in code only. */
final class TlsCatalogue {

    private static final Duration DAY = Duration.ofDays(1);

    private static final Option<?>[] PAIR = {
        Option.file("certificates", "a certificate for the names in it, and then its issuers, as PEM")
                .required(),
        Option.file("key", "its private key, as PEM").required(),
        Option.text("keyPassword", "of the key, if it is encrypted").secret(),
        Option.file("keyPasswordFile", "its first line is the password")
    };

    private static final OptionCatalogue FURTHER =
            OptionCatalogue.of("further", "a certificate for further hosts", PAIR);

    static final OptionCatalogue ALL = OptionCatalogue.of("tls", "HTTPS", PAIR)
            .with(
                    Option.of(
                            "further",
                            new OptionType.Items<>(new OptionType.Group(FURTHER)),
                            "further ones for other names, each with the same four; the first of all is also for clients that ask for"
                                    + " no name or an unknown one"),
                    Option.choice("preset", TlsPreset.class, "versions and cipher suites; `modern` is TLS 1.3 alone")
                            .or(TlsPreset.INTERMEDIATE),
                    Option.flag(
                            "refuseUnknownNames", false, "refuses handshakes for a name that no certificate is for"),
                    Option.duration("sessionLifetime", Duration.ofSeconds(1), DAY, "how long a session may be resumed")
                            .or(Duration.ofHours(1)),
                    Option.durationOrZero(
                                    "watchInterval",
                                    Duration.ofMillis(10),
                                    DAY,
                                    "how often files are looked at; `0` for never")
                            .or(Duration.ofSeconds(5)),
                    Option.file(
                            "optionalClientCertificates",
                            "asks clients for a certificate of these authorities, as PEM; who has none is served"),
                    Option.file("requiredClientCertificates", "serves only clients with one of these authorities"),
                    Option.duration("hsts", "for how long browsers are to use HTTPS alone")
                            .orInWords("off"),
                    Option.flag("hstsIncludeSubDomains", false, "has that hold for all subdomains"),
                    Option.flag("hstsPreload", false, "has browsers ship it; needs subdomains and 365 days"));

    private TlsCatalogue() {}
}
