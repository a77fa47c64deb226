package dev.lintel.grpc;

import static dev.lintel.limit.LimitKey.address;
import static dev.lintel.limit.LimitKey.by;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import dev.lintel.Gateway;
import dev.lintel.Route;
import dev.lintel.filters.jwt.JwtAuthFilter;
import dev.lintel.filters.ratelimit.RateLimitFilter;
import dev.lintel.server.GatewayServer;
import dev.lintel.testing.DeadPort;
import dev.lintel.testing.TestIssuer;
import dev.lintel.upstream.Upstream;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls of every kind, through the gateway by HTTP/2 on both sides. */
class GrpcTest {

    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<String> USER = Metadata.Key.of("x-user-id", Metadata.ASCII_STRING_MARSHALLER);
    private static final Metadata.Key<byte[]> DETAIL = Metadata.Key.of("detail-bin", Metadata.BINARY_BYTE_MARSHALLER);

    private static final Duration PATIENT = Duration.ofSeconds(20);

    private final TestIssuer issuer = TestIssuer.start();
    private final DeadPort dead = DeadPort.refusing();
    private EchoRpc service;
    private GatewayServer server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        service = EchoRpc.start();
        Gateway gateway = Gateway.builder()
                .upstream(Upstream.named("echo").target(service.url()).protocol(Upstream.Protocol.H2C))
                .upstream(Upstream.named("dead").target(dead.url()).protocol(Upstream.Protocol.H2C))
                .route(Route.named("echo")
                        .path("/lintel.Echo/**")
                        .connectTimeout(PATIENT)
                        .to("echo"))
                .route(Route.named("hasty")
                        .path("/hasty/**")
                        .connectTimeout(PATIENT)
                        .minBodyRate(1_000_000, Duration.ofSeconds(5))
                        .stripPrefix("/hasty")
                        .to("echo"))
                .route(Route.named("down").path("/lintel.Gone/**").to("dead"))
                .route(Route.named("limited")
                        .path("/lintel.Limited/**")
                        .filter(RateLimitFilter.builder()
                                .limit("few", 1, Duration.ofHours(1))
                                .key(by(address()))
                                .build())
                        .answer(200, "text/plain", ""))
                .route(Route.named("private")
                        .path("/private/**")
                        .filter(JwtAuthFilter.builder()
                                .issuer(issuer.url())
                                .jwksUri(issuer.keySetUrl())
                                .anyAudience(true)
                                .allowInsecureJwksUri(true)
                                .build())
                        .stripPrefix("/private")
                        .to("echo"))
                .build();
        server = GatewayServer.builder(gateway)
                .port(0)
                .withoutAdminPort()
                .http2ClearText()
                .start();
        channel = NettyChannelBuilder.forAddress("localhost", server.port())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow();
        assertThat(channel.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        server.close();
        service.close();
        dead.close();
        issuer.close();
    }

    private String call(MethodDescriptor<String, String> method, String message) {
        return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, message);
    }

    private static StatusRuntimeException failure(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return Objects.requireNonNull(catchThrowableOfType(StatusRuntimeException.class, call), "failure");
    }

    @Test
    void passesUnaryCallsOfAnySize() {
        assertThat(call(EchoRpc.UNARY, "hello")).isEqualTo("hello");
        assertThat(call(EchoRpc.UNARY, "")).isEmpty();
        String large = "0123456789".repeat(300_000);
        assertThat(call(EchoRpc.UNARY, large)).isEqualTo(large);
    }

    @Test
    void passesStreamsDown() {
        Iterator<String> answers =
                ClientCalls.blockingServerStreamingCall(channel, EchoRpc.DOWN, CallOptions.DEFAULT, "1000");
        List<String> all = new ArrayList<>();
        answers.forEachRemaining(all::add);
        assertThat(all).hasSize(1000).startsWith("message 0").endsWith("message 999");
    }

    @Test
    void passesStreamsUp() throws Exception {
        Answers answers = new Answers();
        StreamObserver<String> call =
                ClientCalls.asyncClientStreamingCall(channel.newCall(EchoRpc.UP, CallOptions.DEFAULT), answers);
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 1000; i++) {
            call.onNext("part " + i);
            sent.append("part ").append(i);
        }
        call.onCompleted();
        assertThat(answers.next()).isEqualTo(sent.toString());
        assertThat(answers.end()).isEqualTo(Status.Code.OK);
    }

    @Test
    void passesConversationsMessageByMessage() throws Exception {
        Answers answers = new Answers();
        StreamObserver<String> call =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(EchoRpc.BOTH, CallOptions.DEFAULT), answers);
        for (int i = 0; i < 100; i++) {
            call.onNext("m" + i);
            assertThat(answers.next()).isEqualTo("re: m" + i);
        }
        call.onCompleted();
        assertThat(answers.end()).isEqualTo(Status.Code.OK);
    }

    @Test
    void letsThePartnersPauseOnceTheyTalk() throws Exception {
        Answers answers = new Answers();
        StreamObserver<String> call =
                ClientCalls.asyncBidiStreamingCall(channel.newCall(hasty(EchoRpc.BOTH), CallOptions.DEFAULT), answers);
        call.onNext("first");
        assertThat(answers.next()).isEqualTo("re: first");
        await().pollDelay(Duration.ofSeconds(6)).until(() -> true);
        call.onNext("second");
        assertThat(answers.next()).isEqualTo("re: second");
        call.onCompleted();
        assertThat(answers.end()).isEqualTo(Status.Code.OK);
    }

    @Test
    void saysInTheWordsOfGrpcThatAMessageIsTooSlow() throws Exception {
        Answers answers = new Answers();
        StreamObserver<String> call =
                ClientCalls.asyncClientStreamingCall(channel.newCall(hasty(EchoRpc.UP), CallOptions.DEFAULT), answers);
        call.onNext("first");
        assertThat(answers.failure()).hasMessage("UNKNOWN: body-too-slow: The request's body arrived too slowly.");
    }

    private static MethodDescriptor<String, String> hasty(MethodDescriptor<String, String> method) {
        return method.toBuilder()
                .setFullMethodName("hasty/" + method.getFullMethodName())
                .build();
    }

    @Test
    void passesFailuresWithTheirMessageAndMetadata() {
        StatusRuntimeException failed = failure(() -> call(EchoRpc.UNARY, "fail"));
        assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.NOT_FOUND);
        assertThat(failed.getStatus().getDescription()).isEqualTo("no “such” thing\n");
        assertThat(Objects.requireNonNull(failed.getTrailers()).get(DETAIL)).containsExactly(0, 1, -1);
    }

    @Test
    void passesFailuresThatComeAfterMessages() {
        Iterator<String> answers =
                ClientCalls.blockingServerStreamingCall(channel, EchoRpc.DOWN, CallOptions.DEFAULT, "fail late");
        assertThat(answers.next()).isEqualTo("first");
        StatusRuntimeException failed = failure(answers::hasNext);
        assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.DATA_LOSS);
        assertThat(failed.getStatus().getDescription()).isEqualTo("late");
        assertThat(Objects.requireNonNull(failed.getTrailers()).get(DETAIL)).containsExactly(0, 1, -1);
    }

    @Test
    void endsCallsAtTheirDeadline() throws Exception {
        // opens the connections, so that the time is the call's own
        call(EchoRpc.UNARY, "first");
        service.metadata.clear();
        CallOptions brief = CallOptions.DEFAULT.withDeadlineAfter(8, TimeUnit.SECONDS);
        StatusRuntimeException failed =
                failure(() -> ClientCalls.blockingUnaryCall(channel, EchoRpc.UNARY, brief, "never"));
        assertThat(failed.getStatus().getCode()).isEqualTo(Status.Code.DEADLINE_EXCEEDED);
        assertThat(service.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
        Metadata seen = service.metadata.take();
        assertThat(seen.get(Metadata.Key.of("grpc-timeout", Metadata.ASCII_STRING_MARSHALLER)))
                .isNotNull();
    }

    @Test
    void tellsTheServiceThatACallWasCancelled() throws Exception {
        Answers answers = new Answers();
        ClientCallStreamObserver<String> call = (ClientCallStreamObserver<String>)
                ClientCalls.asyncBidiStreamingCall(channel.newCall(asStream(), CallOptions.DEFAULT), answers);
        call.onNext("endless");
        call.onCompleted();
        assertThat(answers.next()).isEqualTo("first");
        call.cancel("enough", null);
        assertThat(service.cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    /** The method that streams down, called as if it streamed both ways, so that the call can be cancelled. */
    private static MethodDescriptor<String, String> asStream() {
        return EchoRpc.DOWN.toBuilder()
                .setType(MethodDescriptor.MethodType.BIDI_STREAMING)
                .build();
    }

    @Test
    void refusesCallsWithoutATokenAndTellsTheServiceWhoCalls() throws Exception {
        MethodDescriptor<String, String> guarded = at("private/lintel.Echo/Unary");
        StatusRuntimeException refused = failure(() -> call(guarded, "hello"));
        assertThat(refused.getStatus().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(refused.getStatus().getDescription()).isNotEmpty();
        assertThat(service.metadata).isEmpty();

        Metadata credentials = new Metadata();
        credentials.put(
                AUTHORIZATION, "Bearer " + issuer.token().subject("alice").sign());
        credentials.put(USER, "mallory");
        Channel asAlice = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(credentials));
        // a call waits for the first keys, but not longer than a second
        await().ignoreExceptionsInstanceOf(StatusRuntimeException.class)
                .until(
                        () -> ClientCalls.blockingUnaryCall(asAlice, guarded, CallOptions.DEFAULT, "hello"),
                        "hello"::equals);
        Metadata seen = service.metadata.take();
        assertThat(seen.getAll(USER)).containsExactly("alice");
        assertThat(seen.get(AUTHORIZATION)).isNull();
    }

    @Test
    void refusesInTheWordsOfGrpc() {
        assertThat(failure(() -> call(at("lintel.Limited/A"), "x")).getStatus().getCode())
                .isNotEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(failure(() -> call(at("lintel.Limited/A"), "x")).getStatus().getCode())
                .isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
        assertThat(failure(() -> call(at("lintel.Nowhere/A"), "x")).getStatus().getCode())
                .isEqualTo(Status.Code.UNIMPLEMENTED);
        assertThat(failure(() -> call(at("lintel.Gone/A"), "x")).getStatus().getCode())
                .isEqualTo(Status.Code.UNAVAILABLE);
    }

    @Test
    void passesManyCallsAtOnceOnOneConnection() throws Exception {
        int calls = 500;
        AtomicInteger right = new AtomicInteger();
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            String message = "call " + i;
            CompletableFuture<Void> end = new CompletableFuture<>();
            ends.add(end);
            ClientCalls.asyncUnaryCall(
                    channel.newCall(EchoRpc.UNARY, CallOptions.DEFAULT), message, new StreamObserver<>() {
                        @Override
                        public void onNext(String value) {
                            if (value.equals(message)) {
                                right.incrementAndGet();
                            }
                        }

                        @Override
                        public void onError(Throwable failed) {
                            end.completeExceptionally(failed);
                        }

                        @Override
                        public void onCompleted() {
                            end.complete(null);
                        }
                    });
        }
        CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new)).get(30, TimeUnit.SECONDS);
        assertThat(right).hasValue(calls);
    }

    private static MethodDescriptor<String, String> at(String name) {
        return EchoRpc.UNARY.toBuilder().setFullMethodName(name).build();
    }

    /** Collects what a call answers. */
    private static final class Answers implements StreamObserver<String> {

        private final LinkedBlockingQueue<String> messages = new LinkedBlockingQueue<>();
        private final CompletableFuture<Status> end = new CompletableFuture<>();

        String next() throws InterruptedException {
            return Objects.requireNonNull(messages.poll(10, TimeUnit.SECONDS), "message");
        }

        Status.Code end() throws Exception {
            return end.get(10, TimeUnit.SECONDS).getCode();
        }

        StatusRuntimeException failure() throws Exception {
            return end.get(10, TimeUnit.SECONDS).asRuntimeException();
        }

        @Override
        public void onNext(String value) {
            messages.add(value);
        }

        @Override
        public void onError(Throwable failed) {
            end.complete(Status.fromThrowable(failed));
        }

        @Override
        public void onCompleted() {
            end.complete(Status.OK);
        }
    }
}
