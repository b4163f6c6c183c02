package org.cobnut.web.metrics;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.device.DriverFigures;
import org.cobnut.web.device.Access;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.DeviceJson;
import org.cobnut.web.device.DeviceRegistry;
import org.cobnut.web.event.EventHub;
import org.cobnut.web.http.GuardedServlet;
import org.cobnut.web.http.Reply;
import org.cobnut.wire.Version;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers scrapes of this process: bundles, devices by health, logins, streams of events, memory and threads. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=cobnut.metrics",
            "osgi.http.whiteboard.servlet.pattern=/metrics",
            "osgi.http.whiteboard.servlet.asyncSupported=true"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class ProcessMetricsServlet extends GuardedServlet {
    private static final long serialVersionUID = 1;
    private static final double MILLIS = 1000;

    private final transient Access access;
    private final transient DeviceRegistry registry;
    private final transient EventHub hub;
    private final transient BundleContext context;

    @Activate
    public ProcessMetricsServlet(
            @Reference Access access,
            @Reference DeviceRegistry registry,
            @Reference EventHub hub,
            BundleContext context) {
        super(access);
        this.access = access;
        this.registry = registry;
        this.hub = hub;
        this.context = context;
    }

    @Override
    protected CompletionStage<Reply> get(HttpServletRequest request, Optional<AuthenticatedUser> user) {
        var metrics = new MetricFamilies();
        metrics.gauge(
                "cobnut_info",
                "Version of Cobnut, and the level of NUT that it conforms to",
                MetricFamilies.labels("version", Version.OWN, "nut_level", Version.NUT_LEVEL),
                1);
        int active = 0;
        Bundle[] bundles = context.getBundles();
        for (Bundle bundle : bundles) if (bundle.getState() == Bundle.ACTIVE) active++;
        metrics.gauge("cobnut_bundles", "Bundles that are installed", Map.of(), bundles.length);
        metrics.gauge("cobnut_bundles_active", "Bundles that run", Map.of(), active);
        var health = new TreeMap<String, Integer>();
        for (Device device : registry.all().values()) {
            health.merge(device.snapshot().health().word(), 1, Integer::sum);
            metrics.gauge(
                    "cobnut_ups_clients",
                    "Clients that are logged into the UPS",
                    Map.of("ups", device.name()),
                    device.clients().size());
            driver(metrics, device);
        }
        health.forEach((word, number) ->
                metrics.gauge("cobnut_devices", "Devices by their health", Map.of("health", word), number));
        metrics.gauge("cobnut_web_streams", "Streams of events that are open", Map.of(), hub.streams());
        metrics.counter("cobnut_web_streams_cut_total", "Streams whose reader was too slow", (double) hub.cut());
        metrics.counter("cobnut_web_login_failures_total", "Logins that failed here", (double) access.failures());
        machine(metrics);
        return CompletableFuture.completedFuture(UpsMetricsServlet.reply(request, metrics));
    }

    private static void driver(MetricFamilies metrics, Device device) {
        Map<String, String> ups = Map.of("ups", device.name());
        DriverFigures figures = device.figures();
        metrics.counter("cobnut_driver_restarts_total", "How often the device was opened again", ups, (double)
                figures.restarts());
        figures.lastPoll()
                .ifPresent(time -> metrics.gauge(
                        "cobnut_poll_seconds", "How long the last poll took", ups, DeviceJson.seconds(time)));
        figures.longestPoll()
                .ifPresent(time -> metrics.gauge(
                        "cobnut_poll_longest_seconds",
                        "How long the slowest of the last 60 polls took",
                        ups,
                        DeviceJson.seconds(time)));
    }

    private static void machine(MetricFamilies metrics) {
        var runtime = ManagementFactory.getRuntimeMXBean();
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        metrics.gauge(
                "process_start_time_seconds",
                "When the process started, in seconds since 1970",
                Map.of(),
                runtime.getStartTime() / MILLIS);
        metrics.gauge("jvm_memory_heap_used_bytes", "Bytes of the heap in use", Map.of(), (double) heap.getUsed());
        metrics.gauge("jvm_memory_heap_max_bytes", "Bytes that the heap may have", Map.of(), (double) heap.getMax());
        metrics.gauge(
                "jvm_threads",
                "Threads of the process",
                Map.of(),
                ManagementFactory.getThreadMXBean().getThreadCount());
    }
}
