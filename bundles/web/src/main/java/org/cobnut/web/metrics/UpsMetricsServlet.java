package org.cobnut.web.metrics;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.web.device.Access;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.DeviceRegistry;
import org.cobnut.web.http.GuardedServlet;
import org.cobnut.web.http.Reply;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Answers scrapes of devices: all of them, or the one that the parameter {@code ups} names. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=cobnut.ups_metrics",
            "osgi.http.whiteboard.servlet.pattern=/ups_metrics",
            "osgi.http.whiteboard.servlet.asyncSupported=true"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class UpsMetricsServlet extends GuardedServlet {
    private static final long serialVersionUID = 1;

    private final transient DeviceRegistry registry;

    @Activate
    public UpsMetricsServlet(@Reference Access access, @Reference DeviceRegistry registry) {
        super(access);
        this.registry = registry;
    }

    @Override
    protected CompletionStage<Reply> get(HttpServletRequest request, Optional<AuthenticatedUser> user) {
        String ups = request.getParameter("ups");
        Collection<Device> devices = registry.all().values();
        if (ups != null && !ups.isEmpty()) {
            devices = devices.stream()
                    .filter(device -> device.name().equalsIgnoreCase(ups))
                    .toList();
            if (devices.isEmpty())
                return CompletableFuture.completedFuture(
                        Reply.error(HttpServletResponse.SC_NOT_FOUND, "UNKNOWN-UPS", "no device is called " + ups));
        }
        var metrics = new MetricFamilies();
        new UpsMetrics(list(request, "statuses"), list(request, "variables"), registry::describeVariable)
                .add(metrics, devices);
        return CompletableFuture.completedFuture(reply(request, metrics));
    }

    /** The metrics in the format that the client prefers. */
    static Reply reply(HttpServletRequest request, MetricFamilies metrics) {
        String accept = request.getHeader("Accept");
        boolean open = accept != null && accept.contains("application/openmetrics-text");
        return Reply.text(
                open
                        ? "application/openmetrics-text;version=1.0.0;charset=utf-8"
                        : "text/plain;version=0.0.4;charset=utf-8",
                metrics.text(open));
    }

    private static List<String> list(HttpServletRequest request, String parameter) {
        String given = request.getParameter(parameter);
        return given == null
                ? List.of()
                : Stream.of(given.split(","))
                        .map(String::strip)
                        .filter(word -> !word.isEmpty())
                        .toList();
    }
}
