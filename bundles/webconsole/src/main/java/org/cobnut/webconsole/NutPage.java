package org.cobnut.webconsole;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.device.DeviceService;
import org.cobnut.model.Outcome;
import org.cobnut.web.origin.RequestOrigin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The console's page about devices: all of them, and below it one page each, where they are set and commanded. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=nut",
            ServletConstants.PLUGIN_TITLE + "=Devices",
            ServletConstants.PLUGIN_CATEGORY + "=NUT",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/nut/res/nut.css"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class NutPage extends AbstractServlet {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(NutPage.class);
    private static final int PATIENCE_SECONDS = 35;
    private static final String REFRESH_SECONDS = "5";
    /** What leaves machines without power, and is asked for twice. */
    private static final Pattern DANGEROUS =
            Pattern.compile("(load\\.off|shutdown\\.|driver\\.killpower|outlet\\..*(off|shutdown)).*");

    private final transient RuntimeView view;
    /** What was done last to each device here. */
    private final transient Map<String, String> last = new ConcurrentHashMap<>();

    @Activate
    public NutPage(@Reference RuntimeView view) {
        this.view = view;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        setNoCache(response);
        var named = named(request);
        if (named.isEmpty()) response.setHeader("Refresh", REFRESH_SECONDS);
        spoolResource(request, response);
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var named = named(request);
        var root = String.valueOf(request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT));
        var command = parameter(request, "command");
        String page;
        if (named.isEmpty()) page = new OverviewPage(root).page(view.devices(), view.drivers());
        else if (device(named.get()).isEmpty()) {
            // Here and not before: Felix writes the page only while all is well.
            response.setStatus(HttpServletResponse.SC_NOT_FOUND);
            page = new DevicePage(root).unknown(named.get());
        } else {
            var device = device(named.get()).get();
            var asked = DANGEROUS.matcher(command).matches()
                    && device.snapshot().commands().contains(command);
            page = asked
                    ? new DevicePage(root).question(device, command, parameter(request, "argument"))
                    : new DevicePage(root).page(device, last.getOrDefault(device.name(), ""));
        }
        response.getWriter().println(page);
    }

    private Optional<Device> device(String name) {
        return view.devices().stream()
                .filter(one -> one.name().equalsIgnoreCase(name))
                .findFirst();
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var name = named(request).orElse("");
        var device = view.find(name);
        if (device.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        var command = parameter(request, "command");
        if (DANGEROUS.matcher(command).matches() && !parameter(request, "sure").equals("yes")) {
            response.sendRedirect("%s/%s?command=%s&argument=%s"
                    .formatted(
                            request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT),
                            DevicePath.encode(name),
                            DevicePath.encode(command),
                            DevicePath.encode(parameter(request, "argument"))));
            return;
        }
        var said = act(name, device.get(), request);
        log.info(
                "{}: {} (by {} in the web console)",
                RequestOrigin.printable(name),
                RequestOrigin.printable(said),
                ConsoleSecurityProvider.USER);
        last.put(name, said);
        response.sendRedirect(request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT) + "/" + DevicePath.encode(name));
    }

    private static String act(String name, DeviceService device, HttpServletRequest request) {
        var command = parameter(request, "command");
        var variable = parameter(request, "variable");
        var value = parameter(request, command.isEmpty() ? "value" : "argument");
        var outcome = outcome(command.isEmpty() ? device.set(variable, value) : device.run(command, value));
        var order = command.isEmpty()
                ? "SET VAR %s %s %s".formatted(name, variable, value)
                : "INSTCMD %s %s %s".formatted(name, command, value);
        AuditLog.record(new Actor(ConsoleSecurityProvider.USER, "console"), order.strip(), outcome);
        return (command.isEmpty() ? "set " + variable : command) + ": " + outcome;
    }

    private static String outcome(CompletionStage<Outcome> stage) {
        try {
            var outcome = stage.toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (outcome.code() == Outcome.Code.HANDLED) return "done";
            return outcome.reason().isEmpty() ? outcome.code().name() : outcome.code() + ", " + outcome.reason();
        } catch (TimeoutException silence) {
            return "no answer yet";
        } catch (ExecutionException broken) {
            return "failed, " + broken.getCause();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
    }

    private static Optional<String> named(HttpServletRequest request) {
        return DevicePath.device(Optional.ofNullable(request.getPathInfo()).orElse(""))
                .filter(name -> !name.startsWith("res/"));
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("");
    }
}
