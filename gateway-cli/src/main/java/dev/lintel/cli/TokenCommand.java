package dev.lintel.cli;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.option.Units;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A token for trying a gateway out; for development, since whoever has the secret can be anybody. */
@Command(
        name = "token",
        description = "Prints a JWT (HS256) for trying a gateway out whose jwt filter has the same secretFile.")
final class TokenCommand implements Callable<Integer> {

    private static final int LEAST_SECRET = 32;
    private static final Duration LONGEST = Duration.ofDays(1);

    @Option(
            names = "--secret-file",
            required = true,
            description = "the file with the shared secret, at least 32 octets")
    private Path secretFile = Path.of("");

    @Option(names = "--sub", required = true, description = "the subject")
    private String subject = "";

    @Option(names = "--iss", description = "the issuer")
    private @Nullable String issuer;

    @Option(names = "--aud", description = "an audience; may be repeated")
    private List<String> audience = List.of();

    @Option(names = "--role", description = "a role, into the claim roles; may be repeated")
    private List<String> roles = List.of();

    @Option(names = "--scope", description = "the scopes, with spaces between")
    private @Nullable String scope;

    @Option(names = "--ttl", description = "how long it is valid, such as 10m; 1h by default, 1d at most")
    private String lifetime = "1h";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, JOSEException {
        Duration ttl = Units.duration(lifetime)
                .filter(duration -> !duration.isZero() && duration.compareTo(LONGEST) <= 0)
                .orElseThrow(() -> new IllegalArgumentException(
                        "--ttl: " + lifetime + " (expected: a duration such as 10m, at most 1d)"));
        String secret = Files.readString(secretFile).replaceFirst("\r?\n\\z", "");
        byte[] octets = secret.getBytes(StandardCharsets.UTF_8);
        if (octets.length < LEAST_SECRET) {
            throw new IllegalArgumentException(
                    "--secret-file: " + octets.length + " octets (expected: at least " + LEAST_SECRET + ")");
        }
        Instant now = Instant.now();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .subject(subject)
                .issueTime(Date.from(now))
                .expirationTime(Date.from(now.plus(ttl)));
        if (issuer != null) {
            claims.issuer(issuer);
        }
        if (!audience.isEmpty()) {
            claims.audience(audience);
        }
        if (!roles.isEmpty()) {
            claims.claim("roles", roles);
        }
        if (scope != null) {
            claims.claim("scope", scope);
        }
        SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims.build());
        token.sign(new MACSigner(octets));
        spec.commandLine().getOut().println(token.serialize());
        spec.commandLine().getOut().flush();
        return 0;
    }
}
