package dev.lintel.filters.maintenance;

/** Turns maintenance on and off for all filters that are given it. Thread-safe; holds for the next request. */
public final class MaintenanceSwitch {

    private volatile boolean on;

    private MaintenanceSwitch(boolean on) {
        this.on = on;
    }

    /** A switch that is off. */
    public static MaintenanceSwitch create() {
        return new MaintenanceSwitch(false);
    }

    /** Begins maintenance. */
    public void turnOn() {
        on = true;
    }

    /** Ends maintenance, as far as this switch began it. */
    public void turnOff() {
        on = false;
    }

    /** Whether it is on. */
    public boolean isOn() {
        return on;
    }
}
