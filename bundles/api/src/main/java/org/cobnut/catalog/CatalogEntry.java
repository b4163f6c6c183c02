package org.cobnut.catalog;

import java.util.List;
import org.osgi.annotation.versioning.ProviderType;

/** A bundle that a catalog offers. Immutable. */
@ProviderType
public interface CatalogEntry {
    /** Its symbolic name; for a catalog that cannot be used, the location of that. */
    String name();

    /** Its version; empty for a catalog that cannot be used. */
    String version();

    /** The version that is installed; empty for none. */
    String installed();

    /** Its licence, as SPDX names it; empty when the catalog does not say. */
    String licence();

    /** What it is for; may be empty. */
    String description();

    /** The drivers that it offers. */
    List<String> drivers();

    /** Why it cannot be installed here, as the end of a sentence; empty when it can. */
    String objection();
}
