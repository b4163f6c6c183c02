package org.cobnut.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cobnut.web.device.DeviceRegistry;
import org.cobnut.web.http.Reply;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Answers probes: {@code /probes/health} while the process lives, {@code /probes/readiness} when some device has fresh
 * values, or there is none to have them. Tells nothing of any device, so everybody may ask.
 */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.name=cobnut.probes", "osgi.http.whiteboard.servlet.pattern=/probes/*"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class ProbeServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    private final transient DeviceRegistry registry;

    @Activate
    public ProbeServlet(@Reference DeviceRegistry registry) {
        this.registry = registry;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        Reply reply;
        if ("/health".equals(path)) reply = Reply.json(json -> json.value("OK"));
        else if ("/readiness".equals(path)) reply = readiness();
        else reply = Reply.error(HttpServletResponse.SC_NOT_FOUND, "UNKNOWN-COMMAND", "ask for health or readiness");
        reply.send(response);
    }

    private Reply readiness() {
        var devices = registry.all().values();
        return devices.isEmpty() || devices.stream().anyMatch(device -> device.fresh())
                ? Reply.json(json -> json.value("OK"))
                : Reply.error(
                        HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                        "DRIVER-NOT-CONNECTED",
                        "no device has fresh values");
    }
}
