package org.cobnut.catalog;

import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/** A service that tells which jars of the folder of drivers are not installed. Any thread. */
@ProviderType
public interface RefusedJars {
    /** Returns the names of their files now, each with the reason. */
    Map<String, String> reasons();
}
