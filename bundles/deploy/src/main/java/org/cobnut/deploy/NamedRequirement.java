package org.cobnut.deploy;

import java.util.Map;
import org.osgi.resource.Namespace;
import org.osgi.resource.Requirement;
import org.osgi.resource.Resource;

/** Represents a requirement of any provider of that name in a namespace, to query the framework with. */
record NamedRequirement(String space, String name) implements Requirement {
    @Override
    public String getNamespace() {
        return space;
    }

    @Override
    public Map<String, String> getDirectives() {
        return Map.of(Namespace.REQUIREMENT_FILTER_DIRECTIVE, "(" + space + "=" + name + ")");
    }

    @Override
    public Map<String, Object> getAttributes() {
        return Map.of();
    }

    /** Returns no revision: this requirement is only a query. */
    @Override
    @SuppressWarnings("NullAway") // what the interface says for a requirement that is not declared
    public Resource getResource() {
        return null;
    }
}
