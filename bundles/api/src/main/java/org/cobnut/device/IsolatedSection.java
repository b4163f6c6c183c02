package org.cobnut.device;

import org.osgi.annotation.versioning.ProviderType;

/**
 * A section of ups.conf whose driver belongs into a process of its own although the section does not say so: the runtime
 * registers this service for as long as that holds, runs the section itself no more, and expects it to be run and shown by
 * others.
 */
@ProviderType
public interface IsolatedSection {
    /** The name of the section. */
    String ups();
}
