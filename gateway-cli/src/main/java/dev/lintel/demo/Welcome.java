package dev.lintel.demo;

import java.io.PrintStream;

/** What the demonstration prints: where everything is, the routes, calls to paste. */
final class Welcome {

    private Welcome() {}

    static void print(Demo demo, PrintStream out) {
        DemoServices services = demo.services();
        out.printf(
                """
                gateway   %1$s   (admin: %2$s/health, %2$s/ready)
                issuer    %3$s   (keys: %3$s/.well-known/jwks.json)
                services  users %4$s, orders %5$s and %6$s, products %7$s

                ROUTE     PATH              METHODS  CREDENTIAL                   LEADS TO
                users     /api/users/**     all      token                        users, without /api
                orders    /api/orders/**    all      token with the role admin    orders, two instances in turn, without /api
                products  /api/products/**  GET      API key, 5 calls a minute    products, without /api
                public    /public/**        all      none                         users

                Calls to paste:
                TOKEN=$(curl -s '%3$s/token?sub=alice&role=admin&ttl=3600')
                BOB=$(curl -s '%3$s/token?sub=bob&role=user&ttl=3600')
                curl -i %1$s/api/users/1 -H "Authorization: Bearer $TOKEN"    # 200
                curl -i %1$s/api/orders/1 -H "Authorization: Bearer $TOKEN"   # 200, again for the other instance
                curl -i %1$s/public/info -H 'X-User-ID: forged'               # 200, the forged header does not arrive
                curl -i %1$s/api/users/1                                      # 401
                curl -i %1$s/api/orders/1 -H "Authorization: Bearer $BOB"    # 403
                curl -i %1$s/nowhere                                          # 404
                curl -i -X POST %1$s/api/products/1 -H 'X-API-Key: demo-key'  # 405
                for i in 1 2 3 4 5 6; do curl -s -o /dev/null -w '%%{http_code}\\n' %1$s/api/products/1 -H 'X-API-Key: demo-key'; done   # the sixth: 429
                """,
                demo.gateway().uri(),
                demo.gateway().adminUri(),
                demo.issuer().url(),
                services.users(),
                services.orders().get(0),
                services.orders().get(1),
                services.products());
        out.flush();
    }
}
