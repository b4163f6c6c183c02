package org.cobnut.mqtt;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import org.cobnut.access.UserAuthenticator;
import org.cobnut.device.DeviceListener;
import org.cobnut.device.DeviceService;
import org.cobnut.device.Logins;
import org.cobnut.fleet.Fleet;
import org.cobnut.model.Names;
import org.cobnut.model.Snapshot;
import org.cobnut.mqtt.fleet.FleetView;
import org.cobnut.mqtt.publish.DeviceSource;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The devices of this process at the broker that mqtt.conf names. Without that file there is nothing of this: no class, no
 * thread.
 */
@Designate(ocd = MqttConfig.class)
@Component(
        service = DeviceListener.class,
        immediate = true,
        configurationPid = MqttBridge.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class MqttBridge implements DeviceListener, DeviceSource {
    static final String PID = "cobnut.mqtt";

    private static final Logger log = LoggerFactory.getLogger(MqttBridge.class);

    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private final Map<String, DeviceService> devices = new ConcurrentSkipListMap<>(Names.ORDER);
    private volatile @Nullable Logins logins;
    private volatile @Nullable UserAuthenticator authenticator;
    private volatile @Nullable MqttNode node;
    private @Nullable ServiceRegistration<Fleet> fleet;

    @Activate
    public MqttBridge(MqttConfig config, @Reference ConfigurationAdmin configurations, BundleContext context) {
        this.context = context;
        this.configurations = configurations;
        modified(config);
    }

    @Modified
    synchronized void modified(MqttConfig config) {
        MqttNode before = node;
        if (config.broker().isEmpty()) {
            log.info("mqtt.conf names no broker: nothing is published");
            stop();
            return;
        }
        try {
            MqttSettings settings =
                    MqttSettings.of(config, secrets(), path("cobnut.confpath"), path("cobnut.statepath"));
            if (before != null && before.settings().equals(settings)) return;
            stop();
            start(settings);
        } catch (IllegalArgumentException | IOException wrong) {
            log.error(
                    "mqtt.conf: {}; {}",
                    ErrorText.of(wrong),
                    before == null ? "nothing is published" : "what was in force stays");
        }
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    void addDevice(DeviceService device, Map<String, ?> properties) {
        name(properties).ifPresent(name -> {
            devices.put(name, device);
            // Whatever it is found with, it is news to the broker.
            MqttNode now = node;
            if (now != null) now.came(name);
        });
    }

    void removeDevice(DeviceService device, Map<String, ?> properties) {
        name(properties).ifPresent(name -> devices.remove(name, device));
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setLogins(Logins now) {
        logins = now;
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went
    void unsetLogins(Logins gone) {
        if (logins == gone) logins = null;
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setAuthenticator(UserAuthenticator now) {
        authenticator = now;
        MqttNode running = node;
        if (running != null) running.use(now);
    }

    @SuppressWarnings("ReferenceEquality") // the very service that went
    void unsetAuthenticator(UserAuthenticator gone) {
        if (authenticator != gone) return;
        authenticator = null;
        MqttNode running = node;
        if (running != null) running.use(null);
    }

    @Deactivate
    synchronized void stop() {
        ServiceRegistration<Fleet> shown = fleet;
        fleet = null;
        if (shown != null) shown.unregister();
        MqttNode last = node;
        node = null;
        if (last != null) last.close();
    }

    @Override
    public void changed(String ups, Snapshot before, Snapshot after) {
        MqttNode now = node;
        if (now != null) now.changed(ups, before, after);
    }

    @Override
    public Map<String, DeviceService> devices() {
        return Collections.unmodifiableMap(devices);
    }

    @Override
    public Set<String> configured() {
        var names = new TreeSet<>(Names.ORDER);
        try {
            for (Configuration section : found("(service.factoryPid=cobnut.ups)"))
                if (section.getProperties().get("ups") instanceof String name) names.add(name);
        } catch (IOException | IllegalStateException stopping) {
            names.addAll(devices.keySet());
        }
        return names;
    }

    @Override
    public boolean fsd(String ups) {
        Logins now = logins;
        return now != null && now.fsd(ups);
    }

    private void start(MqttSettings settings) {
        var next = new MqttNode(settings, this);
        node = next;
        UserAuthenticator upsd = authenticator;
        if (upsd != null) next.use(upsd);
        Optional<FleetView> view = next.fleet();
        if (view.isPresent()) fleet = context.registerService(Fleet.class, view.get(), null);
        if (!settings.broker().address().tls() && !settings.broker().password().isEmpty())
            log.warn("mqtt.conf: the password of the broker goes over the network in clear text; mqtts:// hides it");
        next.start();
    }

    private MqttSettings.Secrets secrets() throws IOException {
        for (Configuration own : found("(service.pid=" + PID + ")"))
            return new MqttSettings.Secrets(
                    text(own.getProperties().get("password")),
                    text(own.getProperties().get("commandpassword")));
        return new MqttSettings.Secrets("", "");
    }

    private static String text(@Nullable Object value) {
        return value == null ? "" : String.valueOf(value);
    }

    private Path path(String property) {
        return Path.of(Objects.requireNonNullElse(context.getProperty(property), ""));
    }

    private List<Configuration> found(String filter) throws IOException {
        try {
            Configuration[] found = configurations.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Optional<String> name(Map<String, ?> properties) {
        return properties.get(DeviceService.NAME) instanceof String name ? Optional.of(name) : Optional.empty();
    }
}
