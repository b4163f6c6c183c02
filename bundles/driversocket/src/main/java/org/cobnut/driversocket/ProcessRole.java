package org.cobnut.driversocket;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What this process is, which says whose drivers are looked for on sockets. */
enum ProcessRole {
    /** Drivers and server in one. */
    COBNUT,
    /** The server alone. */
    UPSD,
    /** One driver alone. */
    DRIVER;

    /** The framework property that names it; absent for the first. */
    static final String PROPERTY = "cobnut.program";

    /** Whether a section's socket is looked for. */
    enum Wish {
        NO,
        /** Somebody may serve it, or nobody: no reason for a word if not. */
        QUIETLY,
        YES
    }

    static ProcessRole of(@Nullable String name) {
        return switch (name == null ? "" : name.toLowerCase(Locale.ROOT)) {
            case "upsd" -> UPSD;
            case "driver" -> DRIVER;
            default -> COBNUT;
        };
    }

    /**
     * Whether a section's driver is looked for on its socket.
     *
     * @param isolated whether the section wants a process of its own
     * @param missing whether no bundle here offers its driver, and none has for a while
     */
    Wish wish(boolean isolated, boolean missing) {
        return switch (this) {
            case UPSD -> Wish.YES;
            case DRIVER -> Wish.NO;
            case COBNUT -> {
                if (isolated) yield Wish.YES;
                yield missing ? Wish.QUIETLY : Wish.NO;
            }
        };
    }
}
