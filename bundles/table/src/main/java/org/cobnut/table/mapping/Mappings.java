package org.cobnut.table.mapping;

import org.osgi.annotation.versioning.ProviderType;

/**
 * The mapping files of this runtime: those of bundles and those that the operator put into {@code mappings/} below the
 * configuration folder. A service; the driver of a family asks it for the mappings of its kind.
 */
@ProviderType
public interface Mappings {
    /** Service property of {@link org.cobnut.config.FolderListener}, and the folder's name. */
    String FOLDER = "mappings";

    /** The namespace of the capability by which a bundle announces a folder of mapping files. */
    String CAPABILITY = "cobnut.mapping";

    /**
     * Compiles the mappings of a kind, now and after each change. Whoever opens a kind closes it, at the latest when its
     * bundle stops.
     */
    <A> MappingSet<A> open(MappingKind<A> kind);
}
