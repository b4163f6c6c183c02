package org.cobnut.link;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A way to one device, opened by {@link Links#open}. The runtime owns it and closes it when the session ends, when
 * {@link org.cobnut.driver.Driver#open} fails, when a thread of the driver was given up and when the driver's bundle
 * stops. A session need not close it. What a kind of link can do, its own interface says.
 */
@ProviderType
public interface Link extends AutoCloseable {
    /** Gives the device back. Returns soon, whatever the device does; any thread; harmless when repeated. */
    @Override
    void close();
}
