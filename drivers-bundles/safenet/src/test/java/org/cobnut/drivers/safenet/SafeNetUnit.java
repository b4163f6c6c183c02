package org.cobnut.drivers.safenet;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.cobnut.testkit.serial.SerialSimulator;

/** A unit that checks what it is asked as a real one does, and is gone when it shuts down. */
final class SafeNetUnit extends SerialSimulator {
    /** The letters of its status that are true. */
    final Set<Integer> set = new ConcurrentSkipListSet<>();

    private boolean awake;
    private boolean gone;

    /** The orders that came since the last call. */
    List<String> orders() {
        return requests().stream()
                .filter(request -> !poll(request) && !request.equals("ZCADLIOPERJD"))
                .toList();
    }

    private static boolean poll(String letters) {
        int place = letters.charAt(1) - 'A' + 2;
        return letters.matches("Z[A-JL]{11}")
                && place < 12
                && letters.indexOf('L') == place
                && letters.lastIndexOf('L') == place;
    }

    @Override
    protected boolean hears(int speed) {
        return speed == 1200;
    }

    @Override
    protected List<String> answer(String request) {
        String letters = request.strip();
        awake |= letters.equals("ZCADLIOPERJD");
        if (!awake || gone) return List.of();
        if (letters.matches("ZBAS[A-J]{3}WLPGE|ZAF[A-J]{3}R[A-J]{4}O")) {
            gone = true;
            return List.of();
        }
        if (letters.equals(SafeNetProtocol.BEEPER) && !set.remove(SafeNetProtocol.SILENT))
            set.add(SafeNetProtocol.SILENT);
        if (letters.equals(SafeNetProtocol.STOP_TEST)) set.remove(SafeNetProtocol.TESTING);
        var status = new StringBuilder("$");
        for (int i = 1; i <= 10; i++) status.append(set.contains(i) ? 'B' : 'A');
        return List.of(status + "\r");
    }
}
