package org.cobnut.runtime;

import java.util.List;

/** A section of ups.conf that no device can be opened with until somebody changes it. */
final class MisconfiguredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MisconfiguredException(List<String> faults) {
        super(String.join("; ", faults));
    }
}
