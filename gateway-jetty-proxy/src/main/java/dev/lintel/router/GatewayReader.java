package dev.lintel.router;

import dev.lintel.Gateway;
import jakarta.servlet.ServletContext;

/**
 * Makes the gateway of a servlet or filter of the file that its init-param {@code config} names. Found by
 * {@link java.util.ServiceLoader}, so that the router needs no reader; {@code gateway-config} brings one for YAML.
 */
public interface GatewayReader {

    /**
     * Reads a file.
     *
     * @param location a path in the application, such as {@code /WEB-INF/gateway.yaml}, or of a file
     * @param context the application's
     * @return the gateway
     * @throws dev.lintel.option.GatewayException with everything that is wrong with the file
     */
    Gateway read(String location, ServletContext context);
}
