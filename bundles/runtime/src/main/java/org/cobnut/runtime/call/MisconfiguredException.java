package org.cobnut.runtime.call;

import java.util.List;

/** A section of ups.conf that no device can be opened with until somebody changes it. */
public final class MisconfiguredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Names all faults. */
    public MisconfiguredException(List<String> faults) {
        super(String.join("; ", faults));
    }
}
