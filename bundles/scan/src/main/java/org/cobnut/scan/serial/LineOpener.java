package org.cobnut.scan.serial;

import java.io.IOException;
import org.cobnut.link.ByteLink;
import org.cobnut.link.SerialParameters;

/** Opens a serial line. */
@FunctionalInterface
interface LineOpener {
    /** @throws IOException when it is not there, not permitted, or held by another; one sentence for the operator */
    ByteLink open(String port, SerialParameters parameters) throws IOException;
}
