package org.cobnut.link.http;

import java.io.IOException;
import org.cobnut.link.Link;
import org.osgi.annotation.versioning.ProviderType;

/**
 * A device that serves pages over HTTP, such as a network card of a UPS. Its port is the address of the device
 * ({@code http://card}, {@code https://card:8443}); pages are paths below it, and nothing leads to another host. Used by one
 * thread at a time, but for {@link #close}.
 *
 * <p>A call throws {@link org.cobnut.link.NoAnswerException} when the device did not answer in time, {@link HttpException}
 * when it answered with anything but the page, and {@link java.io.InterruptedIOException} when it is interrupted. Each call
 * connects anew where that is needed, so that any other IOException says only that this one failed, unless the link is closed.
 */
@ProviderType
public interface HttpLink extends Link {
    /** The text of a page, which begins with a slash. */
    String get(String page) throws IOException;

    /**
     * Sends text to a page.
     *
     * @param type of the text, such as {@code application/x-www-form-urlencoded}
     * @return the text of the answer
     */
    String post(String page, String type, String text) throws IOException;
}
