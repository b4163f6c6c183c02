package org.cobnut.shell;

import java.io.IOException;
import java.lang.reflect.Array;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collections;
import java.util.Dictionary;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.service.command.Descriptor;
import org.cobnut.lifecycle.ConfigurationReload;
import org.cobnut.wire.Columns;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The configuration by hand. What is set here is written into NUT's files; passwords are never shown. */
@Component(
        service = ConfigCommands.class,
        property = {
            "osgi.command.scope=nut",
            "osgi.command.function=config",
            "osgi.command.function=reload",
            "osgi.command.function=loglevel"
        })
public final class ConfigCommands {
    private static final Logger log = LoggerFactory.getLogger(ConfigCommands.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Duration GLANCE = Duration.ofMillis(10);
    private static final String LOGGING = "org.ops4j.pax.logging";
    private static final String LEVEL = "cobnut.log.level";

    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final ConfigurationReload reload;

    @Activate
    public ConfigCommands(
            BundleContext context,
            @Reference ConfigurationAdmin configurations,
            @Reference ConfigurationReload reload) {
        this.context = context;
        this.configurations = configurations;
        this.reload = reload;
    }

    @Descriptor("the configurations in force")
    public Columns config() throws IOException {
        var columns = new Columns("CONFIGURATION", "FROM");
        for (Configuration each : all("(service.pid=cobnut.*)"))
            columns.row(each.getPid(), String.valueOf(each.getProperties().get(".origin")));
        return columns;
    }

    @Descriptor("one configuration")
    public Columns config(@Descriptor("its PID") String pid) throws IOException {
        Columns columns = Columns.separatedBy(" = ", "KEY", "VALUE");
        values(one(pid)).forEach((key, value) -> columns.row(key, shown(key, value)));
        return columns;
    }

    @Descriptor("set one value of a configuration, in the file too")
    public String config(
            @Descriptor("its PID") String pid, @Descriptor("the key") String key, @Descriptor("the value") String value)
            throws IOException {
        Configuration configuration = one(pid);
        Dictionary<String, Object> properties = configuration.getProperties();
        properties.put(key, typed(key, properties.get(key), value));
        configuration.updateIfDifferent(properties);
        return key + " = " + shown(key, one(pid).getProperties().get(key));
    }

    @Descriptor("read the files again now")
    public String reload() throws IOException {
        try {
            List<String> late = reload.reload();
            return late.isEmpty() ? "done" : "done; counts from the next start: " + String.join(", ", late);
        } catch (IOException refused) {
            throw new IOException("refused, and so as it was; the rest counts:\n" + refused.getMessage(), refused);
        }
    }

    @Descriptor("how much is logged: ERROR, WARN, INFO or DEBUG")
    public String loglevel(@Descriptor("the level") String level) throws IOException {
        String upper = level.toUpperCase(Locale.ROOT);
        if (!Arrays.asList("ERROR", "WARN", "INFO", "DEBUG").contains(upper))
            throw new IllegalArgumentException("a log level is one of ERROR, WARN, INFO and DEBUG, not " + level);
        System.setProperty(LEVEL, upper);
        // Logging reads its file, in which the level is a variable, whenever its configuration changes; but it looks
        // away
        // when that names the file with which it began, letter by letter.
        var properties = new TreeMap<String, Object>();
        properties.put(LOGGING + ".logback.config.file", context.getProperty("cobnut.home") + "/etc/./logback.xml");
        properties.put(LEVEL, upper);
        configurations.getConfiguration(LOGGING, "?").update(FrameworkUtil.asDictionary(properties));
        return (awaitLevel(upper) ? "logging " : "soon logging ") + upper;
    }

    /** Configuration Admin tells logging on a thread of its own. */
    private static boolean awaitLevel(String wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!level().equals(wanted)) {
            if (System.nanoTime() > deadline || Thread.currentThread().isInterrupted()) return false;
            LockSupport.parkNanos(GLANCE.toNanos());
        }
        return true;
    }

    private static String level() {
        if (log.isDebugEnabled()) return "DEBUG";
        if (log.isInfoEnabled()) return "INFO";
        return log.isWarnEnabled() ? "WARN" : "ERROR";
    }

    private Configuration one(String pid) throws IOException {
        Configuration[] found = all("(service.pid=" + pid.replaceAll("([\\\\*()])", "\\\\$1") + ")");
        if (found.length == 0) throw new IllegalArgumentException("no configuration " + pid + "; see: nutctl config");
        return found[0];
    }

    private Configuration[] all(String filter) throws IOException {
        try {
            Configuration[] found = configurations.listConfigurations(filter);
            return found == null ? new Configuration[0] : found;
        } catch (InvalidSyntaxException unreadable) {
            throw new IllegalArgumentException("no such configuration", unreadable);
        }
    }

    private static Map<String, Object> values(Configuration configuration) {
        var values = new TreeMap<String, Object>();
        Dictionary<String, Object> properties = configuration.getProperties();
        for (String key : Collections.list(properties.keys()))
            if (!key.startsWith("service.") && !key.startsWith(".")) values.put(key, properties.get(key));
        return values;
    }

    private static Object typed(String key, Object before, String value) {
        if (before instanceof Integer) {
            try {
                return Integer.valueOf(value);
            } catch (NumberFormatException wrong) {
                throw new IllegalArgumentException("%s takes a whole number, not \"%s\"".formatted(key, value), wrong);
            }
        }
        if (before instanceof Boolean) {
            if (!value.equalsIgnoreCase("true") && !value.equalsIgnoreCase("false"))
                throw new IllegalArgumentException("%s takes true or false, not \"%s\"".formatted(key, value));
            return Boolean.valueOf(value);
        }
        return before != null && before.getClass().isArray() ? value.split("\\s*,\\s*") : value;
    }

    private static String shown(String key, Object value) {
        return key.contains("password") || key.equals("monitor") || key.equals("certident") ? "********" : shown(value);
    }

    private static String shown(Object value) {
        if (!value.getClass().isArray()) return String.valueOf(value);
        var text = new StringBuilder();
        for (int i = 0; i < Array.getLength(value); i++)
            text.append(i == 0 ? "" : ", ").append(Array.get(value, i));
        return text.toString();
    }
}
