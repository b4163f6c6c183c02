package org.cobnut.notify.delivery;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Dictionary;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.cobnut.notify.TargetSettings;
import org.osgi.framework.BundleContext;
import org.osgi.framework.Constants;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Reads a section of notify.conf from its configuration. Its secrets are kept out of what components are configured with,
 * since pages and shells show that, so they are asked for here.
 */
@Component(service = TargetReader.class)
public final class TargetReader {
    private static final String HIDDEN = ".hidden";
    private static final String SECRET = ".password";
    /** Where the keywords stand that only a bundle of another kind knows. */
    private static final String OPTIONS = "options";

    private static final String SECRETS = "passwords";

    /** Where configurations are found by filter. */
    @FunctionalInterface
    interface Source {
        Configuration[] find(String filter) throws IOException, InvalidSyntaxException;
    }

    private final Source source;
    private final Path directory;

    @Activate
    public TargetReader(BundleContext context, @Reference ConfigurationAdmin admin) {
        this(
                filter -> {
                    Configuration[] found = admin.listConfigurations(filter);
                    return found == null ? new Configuration[0] : found;
                },
                Path.of(String.valueOf(context.getProperty("cobnut.confpath"))));
    }

    TargetReader(Source source, Path directory) {
        this.source = source;
        this.directory = directory;
    }

    /** The settings of a target, given what its component was told. */
    TargetSettings settings(Map<String, ?> properties) {
        var values = new HashMap<String, List<String>>();
        var secret = new HashSet<String>();
        properties.forEach((property, value) -> put(property, value, values, secret));
        if (properties.containsKey(HIDDEN)) {
            Dictionary<String, Object> all = hidden(properties);
            for (String property : Collections.list(all.keys()))
                if (property.contains("password")) put(property, all.get(property), values, secret);
        }
        return TargetSettings.of(String.valueOf(properties.get("target")), values, secret, directory);
    }

    private static void put(String property, Object value, Map<String, List<String>> values, Set<String> secret) {
        if (property.startsWith(".") || property.startsWith("service.") || property.startsWith("component.")) return;
        List<String> words = texts(value);
        if (property.equals(OPTIONS) || property.equals(SECRETS)) {
            for (String line : words) {
                int sign = line.indexOf(" = ");
                String key = sign < 0 ? line : line.substring(0, sign);
                values.put(key, List.of(sign < 0 ? "true" : line.substring(sign + " = ".length())));
                if (property.equals(SECRETS)) secret.add(key);
            }
            return;
        }
        String key = property.endsWith(SECRET) ? property.substring(0, property.length() - SECRET.length()) : property;
        values.put(key, words);
        if (property.contains("password")) secret.add(key);
    }

    private Dictionary<String, Object> hidden(Map<String, ?> properties) {
        String pid = String.valueOf(properties.get(Constants.SERVICE_PID));
        try {
            Configuration[] found = source.find("(service.pid=" + pid.replaceAll("([\\\\*()])", "\\\\$1") + ")");
            if (found.length == 0) throw new IllegalArgumentException("its section is gone");
            return found[0].getProperties();
        } catch (IOException | InvalidSyntaxException unreadable) {
            throw new IllegalArgumentException("its secrets cannot be read", unreadable);
        }
    }

    private static List<String> texts(Object value) {
        Stream<?> all = value instanceof Object[] array ? Stream.of(array) : Stream.of(value);
        return all.map(String::valueOf).filter(text -> !text.isEmpty()).toList();
    }
}
