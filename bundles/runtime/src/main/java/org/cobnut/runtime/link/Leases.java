package org.cobnut.runtime.link;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Which session has which device, so that two sections with {@code port = auto} never get the same one. Any thread. */
final class Leases {
    private final Map<String, SessionLinks> holders = new HashMap<>();
    /** The devices that each would have liked, by what opens it again. */
    private final Map<Runnable, Set<String>> waiting = new HashMap<>();

    /**
     * Leases a device.
     *
     * @param retry called once when the device is free again, if it is not free now
     * @return false while another holder has it
     */
    synchronized boolean take(String device, SessionLinks holder, Runnable retry) {
        SessionLinks now = holders.putIfAbsent(device, holder);
        if (now == null || now == holder) return true;
        waiting.computeIfAbsent(retry, same -> new HashSet<>()).add(device);
        return false;
    }

    /** Whether somebody has a device. */
    synchronized boolean taken(String device) {
        return holders.containsKey(device);
    }

    /** Gives back all that a holder has, and opens whoever waits for some of it. */
    void free(SessionLinks holder) {
        var woken = new HashSet<Runnable>();
        synchronized (this) {
            var freed = new HashSet<String>();
            holders.entrySet().removeIf(lease -> lease.getValue() == holder && freed.add(lease.getKey()));
            waiting.entrySet().removeIf(entry -> {
                boolean wakes = entry.getValue().stream().anyMatch(freed::contains);
                if (wakes) woken.add(entry.getKey());
                return wakes;
            });
        }
        woken.forEach(Runnable::run);
    }

    /** Nobody waits there any more. */
    synchronized void forget(Runnable retry) {
        waiting.remove(retry);
    }
}
