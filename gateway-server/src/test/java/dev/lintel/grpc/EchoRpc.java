package dev.lintel.grpc;

import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;

/** A gRPC service that repeats what it is told, in every kind of call. Messages are text. */
final class EchoRpc implements AutoCloseable {

    static final MethodDescriptor<String, String> UNARY = method(MethodType.UNARY, "Unary");
    static final MethodDescriptor<String, String> DOWN = method(MethodType.SERVER_STREAMING, "Down");
    static final MethodDescriptor<String, String> UP = method(MethodType.CLIENT_STREAMING, "Up");
    static final MethodDescriptor<String, String> BOTH = method(MethodType.BIDI_STREAMING, "Both");

    private final Server server;

    /** The metadata of each call, in order. */
    final LinkedBlockingQueue<Metadata> metadata = new LinkedBlockingQueue<>();

    /** Released when a call is cancelled. */
    final CountDownLatch cancelled = new CountDownLatch(1);

    private EchoRpc() throws IOException {
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerServiceDefinition.builder("lintel.Echo")
                        .addMethod(UNARY, ServerCalls.asyncUnaryCall(this::unary))
                        .addMethod(DOWN, ServerCalls.asyncServerStreamingCall(this::down))
                        .addMethod(UP, ServerCalls.asyncClientStreamingCall(EchoRpc::up))
                        .addMethod(BOTH, ServerCalls.asyncBidiStreamingCall(EchoRpc::both))
                        .build())
                .intercept(new Recorder())
                .build()
                .start();
    }

    static EchoRpc start() throws IOException {
        return new EchoRpc();
    }

    String url() {
        return "http://localhost:" + server.getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    private void unary(String message, StreamObserver<String> answer) {
        switch (message) {
            case "fail" ->
                answer.onError(
                        Status.NOT_FOUND.withDescription("no “such” thing\n").asRuntimeException(detail()));
            case "never" -> ((ServerCallStreamObserver<String>) answer).setOnCancelHandler(cancelled::countDown);
            default -> {
                answer.onNext(message);
                answer.onCompleted();
            }
        }
    }

    private void down(String message, StreamObserver<String> answer) {
        ServerCallStreamObserver<String> call = (ServerCallStreamObserver<String>) answer;
        call.setOnCancelHandler(cancelled::countDown);
        if (message.equals("fail late")) {
            answer.onNext("first");
            answer.onError(Status.DATA_LOSS.withDescription("late").asRuntimeException(detail()));
            return;
        }
        if (message.equals("endless")) {
            answer.onNext("first");
            return;
        }
        for (int i = 0; i < Integer.parseInt(message); i++) {
            answer.onNext("message " + i);
        }
        answer.onCompleted();
    }

    private static StreamObserver<String> up(StreamObserver<String> answer) {
        StringBuilder all = new StringBuilder();
        return new Each(all::append, () -> {
            answer.onNext(all.toString());
            answer.onCompleted();
        });
    }

    private static StreamObserver<String> both(StreamObserver<String> answer) {
        return new Each(message -> answer.onNext("re: " + message), answer::onCompleted);
    }

    private static Metadata detail() {
        Metadata detail = new Metadata();
        detail.put(Metadata.Key.of("detail-bin", Metadata.BINARY_BYTE_MARSHALLER), new byte[] {0, 1, -1});
        return detail;
    }

    private record Each(java.util.function.Consumer<String> message, Runnable end) implements StreamObserver<String> {

        @Override
        public void onNext(String value) {
            message.accept(value);
        }

        @Override
        public void onError(Throwable cancelled) {
            // the call is over
        }

        @Override
        public void onCompleted() {
            end.run();
        }
    }

    private final class Recorder implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            metadata.add(headers);
            return next.startCall(call, headers);
        }
    }

    private static MethodDescriptor<String, String> method(MethodType type, String name) {
        return MethodDescriptor.<String, String>newBuilder()
                .setType(type)
                .setFullMethodName("lintel.Echo/" + name)
                .setRequestMarshaller(new Text())
                .setResponseMarshaller(new Text())
                .build();
    }

    private static final class Text implements MethodDescriptor.Marshaller<String> {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try (stream) {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
