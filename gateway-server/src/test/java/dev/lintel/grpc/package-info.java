/** gRPC through the gateway, with a client and a service that are somebody else's. */
@NullMarked
package dev.lintel.grpc;

import org.jspecify.annotations.NullMarked;
