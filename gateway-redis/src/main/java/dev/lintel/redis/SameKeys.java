package dev.lintel.redis;

import dev.lintel.limit.Charge;
import java.util.List;

/** Whether charges are for one key, and so in one place of a cluster. */
final class SameKeys {

    private SameKeys() {}

    static boolean are(List<Charge> charges) {
        for (int i = 1; i < charges.size(); i++) {
            if (!charges.get(i).key().equals(charges.get(0).key())) {
                return false;
            }
        }
        return true;
    }
}
