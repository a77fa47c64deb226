package dev.lintel.demo;

/** Where the parts of the demonstration listen; 0 is any free port. */
record Ports(int gateway, int users, int firstOrders, int secondOrders, int products, int issuer, int admin) {

    /** All counted from the gateway's. */
    static Ports from(int gateway) {
        return new Ports(gateway, gateway + 1, gateway + 2, gateway + 3, gateway + 4, gateway + 9, gateway + 10);
    }

    /** Free ones, chosen by the system. */
    static Ports anyFree() {
        return new Ports(0, 0, 0, 0, 0, 0, 0);
    }
}
