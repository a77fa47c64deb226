/**
 * Real clients, upstreams, tokens and clocks for tests; imports the contracts and anything a test needs.
 *
 * <p>Everything uses 127.0.0.1 and free ports, is closed by {@code try (...)} and ends its threads then. Every wait is
 * bounded (10 s) and fails with an {@link AssertionError} that shows what was received so far.
 *
 * <pre>{@code
 * // One request of exact bytes, one response read by a strict parser.
 * RawResponse r = RawClient.exchange(port, RawRequest.get("/x").header("A", "b"));
 * RawClient.exchange(port, RawRequest.raw("GET /a/../b HTTP/1.1", "Host: x", "X-A : bad"));
 * r.status(); r.headerLines(); r.headers("Set-Cookie"); r.bodyText(); r.trailerLines(); r.interim();
 * r.header("ETag");                       // fails unless there is exactly one
 * r.complete(); r.closedBy();             // cut short? by FIN or RESET?
 *
 * // A connection.
 * try (RawClient client = RawClient.connect(port)) {
 *     client.send(RawRequest.post("/up").chunked("a", "b")).readResponse();
 *     client.sendByteByByte("GET / HTTP/1.1...");
 *     client.awaitText("data: 1");        // looks ahead, nothing is consumed
 *     client.readResponseHead(); client.readChunk();
 *     client.shutdownOutput(); client.reset(); client.awaitClosed(); client.isClosedByPeer();
 * }
 *
 * // An upstream that records bytes and answers by script.
 * try (ScriptedUpstream upstream = ScriptedUpstream.answering(Answer.ok("hi", "X-A: b"))) {
 *     upstream.awaitRequest().headerLines();   // fails if anything received was not strict HTTP/1.1
 *     upstream.answerWith(request -> Answer.of(404, request.target()));
 * }
 * Answer.chunked(200, List.of("a", "b"));  Answer.raw("HTTP/1.1 2OO\r\n\r\n").thenEnd(PeerClose.FIN);
 * Answer.ok("x").precededBy(103, "Link: </s>");  Answer.truncated(100, "abc", PeerClose.RESET);
 * Answer.head(200, "Content-Length: 9").thenEnd(PeerClose.RESET);  Answer.close();  Answer.reset();
 * Answer.hold();                          // then upstream.awaitAborted() when the peer must leave
 * Answer.ok("x").after(latch);            // answered when the test counts down
 * Answer.generated(GeneratedBody.of(1L << 30));  Answer.switchingProtocols("websocket");
 *
 * // The test writes the answer itself: LiveAnswer; slow or no reading of bodies: ScriptedUpstream.builder().
 * LiveAnswer live = LiveAnswer.chunked(200);
 * live.chunk("1"); live.end();
 *
 * // A service that answers JSON about what it received: EchoService.start("orders", "2").
 *
 * // An issuer with key set and discovery; tokens right and wrong.
 * try (TestIssuer issuer = TestIssuer.start(clock)) {          // MutableClock clock = MutableClock.create();
 *     String token = issuer.token().subject("bob").audience("orders").claim("role", "admin").sign();
 *     issuer.token().expiresIn(Duration.ofSeconds(-60)).sign();
 *     issuer.token().signedBy(issuer.ecKey()).sign();           // ES256
 *     issuer.token().algorithm("PS256").sign();
 *     issuer.token().unsigned("none"); issuer.token().withoutSignature(); issuer.token().forgedBy(TestKey.rsa("x")).sign();
 *     issuer.keySetUrl(); issuer.rotate(); issuer.removeKey("rsa-0"); issuer.publishEncryptionKey("e");
 *     issuer.fail(IssuerFault.HANG); issuer.awaitKeySetFetches(1); issuer.fail(IssuerFault.NONE);
 *     issuer.answerAt(TestIssuer.KEY_SET_PATH, Answer.ok("{}")); issuer.keySetFetches();
 * }
 * TokenBuilder.with(TestKey.secret("k", "..."), clock).sign();  // HS256
 * clock.advance(Duration.ofMinutes(2)); clock.setWallClock(instant); clock.monotonic();  // LongSupplier of nanoseconds
 *
 * // A real container: JETTY_EE10 or TOMCAT_10, in code or by a web.xml.
 * try (WebApp app = WebApp.on(Container.TOMCAT_10).contextPath("/app").contextParam("k", "v")
 *         .filter(FilterSetup.of("jwt", JwtAuthFilter.class).param("issuer", "...").patterns("/api/*")
 *                 .dispatchers(DispatcherType.REQUEST, DispatcherType.FORWARD).withoutAsync())
 *         .servlet(ServletSetup.of("gateway", GatewayServlet.class).param("gateway", "...").patterns("/*"))
 *         .serve("/hello", (request, response) -> response.getWriter().print("hello"))
 *         .webXml("<web-app ...>")                               // optional
 *         .start()) {                                            // a filter that fails init: IllegalStateException
 *     RawClient.exchange(app.port(), RawRequest.get("/app/hello"));
 * }
 *
 * // TLS.
 * TestAuthority authority = TestAuthority.create();
 * TestCertificate certificate = authority.issue("localhost", "127.0.0.1");  // certificatePem(), privateKeyPem()
 * ScriptedUpstream.builder().tls(certificate.context()).start(script);
 * RawClient.connectTls(port, authority.trusting(), "localhost", "http/1.1");
 *
 * // Nobody there: DeadPort.refusing(), BlackHole.silent(), BlackHole.dropping().
 * }</pre>
 */
@NullMarked
package dev.lintel.testing;

import org.jspecify.annotations.NullMarked;
