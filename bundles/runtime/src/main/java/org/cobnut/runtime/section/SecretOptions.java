package org.cobnut.runtime.section;

import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * The secret lines of sections. They are kept out of what components are configured with, since pages and shells show
 * that, so they are asked for here.
 */
@Component(service = SecretOptions.class)
public final class SecretOptions {
    private static final String HIDDEN = ".hidden";
    private static final String KEY = "passwords";

    /** Where configurations are found by filter. */
    private interface Source {
        Configuration @Nullable [] find(String filter) throws IOException, InvalidSyntaxException;
    }

    private final Source source;

    @Activate
    public SecretOptions(@Reference ConfigurationAdmin admin) {
        source = admin::listConfigurations;
    }

    /** None. */
    public SecretOptions() {
        source = filter -> null;
    }

    /** The lines of a section, given what its component was told. */
    String[] of(Map<String, ?> properties) {
        if (!properties.containsKey(HIDDEN)) return new String[0];
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        try {
            Configuration[] found = source.find("(service.pid=" + pid.replaceAll("([\\\\*()])", "\\\\$1") + ")");
            Object lines = found == null ? null : found[0].getProperties().get(KEY);
            return lines instanceof String[] all ? all : new String[0];
        } catch (IOException | InvalidSyntaxException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
