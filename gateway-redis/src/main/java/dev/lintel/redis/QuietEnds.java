package dev.lintel.redis;

import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;

/** Has a connection that breaks end without the stack trace that would be logged for each: that it is gone is told once. */
final class QuietEnds implements NettyCustomizer {

    @Override
    public void afterChannelInitialized(Channel channel) {
        channel.pipeline().addFirst(new Ending());
    }

    private static final class Ending extends ChannelInboundHandlerAdapter {

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                var unused = context.close();
            } else {
                var unused = context.fireExceptionCaught(cause);
            }
        }
    }
}
