package org.cobnut.management;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.management.DynamicMBean;
import javax.management.ObjectName;
import javax.management.StandardMBean;
import org.cobnut.device.DeviceService;
import org.cobnut.device.Logins;
import org.cobnut.health.CheckResult;
import org.cobnut.health.HealthChecks;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/** Offers the server, and each device while it is here, as an MBean; {@link MBeanRegistrar} takes them to Java's server. */
@Component(
        service = {},
        immediate = true)
public final class MBeans implements ServerMXBean {
    private static final String DOMAIN = "org.cobnut:type=";

    private final BundleContext context;
    private final Logins logins;
    private final HealthChecks checks;
    private final Map<String, DeviceService> devices = new ConcurrentHashMap<>();
    private final Map<String, ServiceRegistration<DynamicMBean>> registrations = new ConcurrentHashMap<>();
    private final ServiceRegistration<DynamicMBean> own;

    @Activate
    public MBeans(BundleContext context, @Reference Logins logins, @Reference HealthChecks checks) {
        this.context = context;
        this.logins = logins;
        this.checks = checks;
        own = register("Server", this, ServerMXBean.class);
    }

    @Deactivate
    void stop() {
        own.unregister();
    }

    @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
    synchronized void add(DeviceService device, Map<String, ?> properties) {
        if (!(properties.get(DeviceService.NAME) instanceof String name)) return;
        devices.put(name, device);
        unregister(name);
        registrations.put(
                name, register("Device,name=" + ObjectName.quote(name), new DeviceBean(device), DeviceMXBean.class));
    }

    synchronized void remove(DeviceService device, Map<String, ?> properties) {
        if (properties.get(DeviceService.NAME) instanceof String name && devices.remove(name, device)) unregister(name);
    }

    private void unregister(String name) {
        ServiceRegistration<DynamicMBean> registration = registrations.remove(name);
        if (registration != null) registration.unregister();
    }

    private <T> ServiceRegistration<DynamicMBean> register(String type, T bean, Class<T> view) {
        return context.registerService(
                DynamicMBean.class,
                new StandardMBean(bean, view, true),
                FrameworkUtil.asDictionary(Map.of(MBeanRegistrar.OBJECT_NAME, DOMAIN + type)));
    }

    @Override
    public String getVersion() {
        return context.getBundle().getVersion().toString();
    }

    @Override
    public List<String> getDevices() {
        return devices.keySet().stream().sorted().toList();
    }

    @Override
    public List<String> getClients() {
        return getDevices().stream()
                .flatMap(ups -> logins.clients(ups).stream()
                        .map(client -> String.join(" ", ups, client.user(), client.address())))
                .toList();
    }

    @Override
    public Map<String, String> getHealth() {
        var all = new TreeMap<String, String>();
        for (String tag : HealthChecks.TAGS)
            for (CheckResult result : checks.run(tag))
                all.put(result.subject(), (result.grade() + " " + result.reason()).strip());
        return all;
    }
}
