package dev.lintel.proxy;

import org.eclipse.jetty.client.ProtocolHandler;
import org.eclipse.jetty.client.Request;
import org.eclipse.jetty.client.Response;
import org.eclipse.jetty.client.Result;
import org.eclipse.jetty.client.transport.HttpExchange;
import org.eclipse.jetty.client.transport.HttpRequest;
import org.eclipse.jetty.http.HttpFields;

/**
 * Takes interim answers (1xx but 101): 100 lets a body go that waits for it, the others are told to the request. Without it the
 * client would take the first of them for the answer. Final answers to a request that expects 100 are not gathered here, unlike
 * in the client's own handler.
 */
final class InterimAnswers implements ProtocolHandler {

    /** An upstream that sends more of them before its answer is broken. */
    private static final int MOST = 16;

    private static final String COUNT = InterimAnswers.class.getName();

    @Override
    public String getName() {
        return "interim";
    }

    @Override
    public boolean accept(Request request, Response response) {
        int status = response.getStatus();
        return status >= 100 && status < 200 && status != 101;
    }

    @Override
    public Response.Listener getResponseListener() {
        return new Listener();
    }

    private static final class Listener implements Response.Listener {

        @Override
        public void onSuccess(Response response) {
            HttpRequest request = (HttpRequest) response.getRequest();
            HttpExchange exchange = current(request);
            request.getConversation().updateResponseListeners(null);
            int count = request.getAttributes().get(COUNT) instanceof Integer before ? before + 1 : 1;
            request.attribute(COUNT, count);
            boolean proceed = response.getStatus() == 100;
            HttpFields fields = response.getHeaders().asImmutable();
            exchange.resetResponse();
            if (count > MOST) {
                var unused = request.abort(CallFailure.MALFORMED.exception());
            } else if (proceed) {
                exchange.proceed(null, null);
            } else if (request instanceof ProxyRequest proxied) {
                proxied.interim(response.getStatus(), fields);
            }
        }

        @Override
        public void onFailure(Response response, Throwable failure) {
            // what is told next goes to whoever made the request
            ((HttpRequest) response.getRequest()).getConversation().updateResponseListeners(null);
        }

        @Override
        public void onComplete(Result result) {
            // never for an interim answer that succeeded
        }
    }

    static HttpExchange current(HttpRequest request) {
        return request.getConversation().getExchanges().getLast();
    }
}
