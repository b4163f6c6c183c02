package org.cobnut.link.record;

import org.osgi.annotation.versioning.ProviderType;

/**
 * Takes down what passes over one link, as text; of bytes, a character a byte. Secrets are masked here. No call blocks or
 * throws, whatever becomes of the file. One thread at a time.
 */
@ProviderType
public interface Recording {
    /** The session has sent this, or asked for this; nothing, when what comes next comes by itself. */
    void sent(String text);

    /** This has come; empty for silence where an answer was waited for. */
    void received(String text);

    /** A state beside the conversation was read, such as a modem line. */
    void state(String name, String value);

    /** The link failed with these words. */
    void failed(String reason);
}
