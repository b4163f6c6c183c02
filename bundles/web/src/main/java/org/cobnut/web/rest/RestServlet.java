package org.cobnut.web.rest;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.access.RequestResult;
import org.cobnut.model.VarType;
import org.cobnut.model.Variable;
import org.cobnut.web.device.Access;
import org.cobnut.web.device.Device;
import org.cobnut.web.device.DeviceJson;
import org.cobnut.web.device.DeviceRegistry;
import org.cobnut.web.device.Timeline;
import org.cobnut.web.history.History;
import org.cobnut.web.http.GuardedServlet;
import org.cobnut.web.http.Reply;
import org.cobnut.wire.Version;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Devices as JSON. Below {@code /api/v1} the paths and shapes are PeaNUT's, so that its clients work here; below
 * {@code /api/v2} they are ours.
 */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=cobnut.rest",
            "osgi.http.whiteboard.servlet.pattern=/api/*",
            "osgi.http.whiteboard.servlet.asyncSupported=true"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class RestServlet extends GuardedServlet {
    private static final long serialVersionUID = 1;
    private static final int NAME = 3;
    private static final int PART = 4;
    private static final int ITEM = 5;
    private static final int DETAIL = 6;

    private final transient DeviceRegistry registry;
    private final transient Timeline timeline;
    private final transient History history;

    @Activate
    public RestServlet(
            @Reference Access access,
            @Reference DeviceRegistry registry,
            @Reference Timeline timeline,
            @Reference History history) {
        super(access);
        this.registry = registry;
        this.timeline = timeline;
        this.history = history;
    }

    /** The parts of a path below {@code /api}; the first is always empty, and one that is not there, too. */
    private record Path(List<String> parts) {
        static Path of(HttpServletRequest request) {
            String info = request.getPathInfo();
            return new Path(List.of((info == null ? "" : info).split("/")));
        }

        String part(int at) {
            return at < parts.size() ? parts.get(at) : "";
        }

        /** Whether the path is of this version and goes on with these devices. */
        boolean devices(String version) {
            return part(1).equals(version) && part(2).equals("devices");
        }
    }

    @Override
    protected CompletionStage<Reply> get(HttpServletRequest request, Optional<AuthenticatedUser> user) {
        Path path = Path.of(request);
        return CompletableFuture.completedFuture(
                switch (String.join("/", path.parts())) {
                    case "/ping" -> Reply.json(json -> json.value("pong"));
                    case "/openapi.json" -> Reply.text("application/json;charset=utf-8", resource("/openapi.json"));
                    case "/v1/version" -> Reply.json(json -> json.value(Version.of("upsd")));
                    case "/v1/netversion" -> Reply.json(json -> json.value(Version.PROTOCOL));
                    case "/v1/devices" ->
                        Reply.json(json -> {
                            json.beginArray();
                            for (Device device : registry.all().values()) DeviceJson.flat(json, device);
                            json.endArray();
                        });
                    case "/v2/devices" ->
                        Reply.json(json -> {
                            json.beginArray();
                            for (Device device : registry.all().values()) DeviceJson.overview(json, device);
                            json.endArray();
                        });
                    case "/v2/user" ->
                        Reply.json(json -> json.beginObject()
                                .name("name")
                                .value(user.map(AuthenticatedUser::name).orElse(""))
                                .name("maySet")
                                .value(user.filter(AuthenticatedUser::maySet).isPresent())
                                .endObject());
                    default -> ofDevice(path, request, user);
                });
    }

    private Reply ofDevice(Path path, HttpServletRequest request, Optional<AuthenticatedUser> user) {
        if (!path.devices("v1") && !path.devices("v2")) return unknown("nothing is served at this path");
        String name = path.part(NAME);
        Optional<Device> found =
                registry.find(name).or(() -> Optional.ofNullable(registry.all().get(name)));
        if (found.isEmpty()) return unknown("UNKNOWN-UPS", "no device is called " + name);
        Device device = found.get();
        return path.devices("v1") ? peanut(path, device) : ours(path, device, request, user);
    }

    private Reply ours(Path path, Device device, HttpServletRequest request, Optional<AuthenticatedUser> user) {
        return switch (path.part(PART)) {
            case "" -> Reply.json(json -> DeviceJson.whole(json, device, registry, timeline.of(device.name()), user));
            case "history" -> {
                boolean month = "month".equals(request.getParameter("range"));
                History.Series series = history.read(device.name(), month);
                yield Reply.json(json -> {
                    json.beginObject();
                    json.name("start").value(series.startSeconds());
                    json.name("step").value(series.stepSeconds());
                    json.name("series");
                    DeviceJson.series(json, series.values());
                    json.endObject();
                });
            }
            default -> unknown("nothing is served at this path");
        };
    }

    private Reply peanut(Path path, Device device) {
        return switch (path.part(PART)) {
            case "", "vars" -> Reply.json(json -> DeviceJson.flat(json, device));
            case "description" -> Reply.json(json -> json.value(device.description()));
            case "commands" ->
                Reply.json(json -> DeviceJson.strings(json, device.snapshot().commands()));
            case "command" ->
                path.part(DETAIL).equals("description")
                        ? Reply.json(json -> json.value(registry.describeCommand(path.part(ITEM))))
                        : unknown("nothing is served at this path");
            case "clients" ->
                Reply.json(json -> DeviceJson.strings(
                        json,
                        device.clients().stream()
                                .map(client -> client.address())
                                .toList()));
            case "rwvars" ->
                Reply.json(json -> DeviceJson.strings(
                        json,
                        device.snapshot().variables().values().stream()
                                .filter(variable -> variable.type().writable())
                                .map(Variable::name)
                                .toList()));
            case "var" -> variable(path, device);
            default -> unknown("nothing is served at this path");
        };
    }

    private Reply variable(Path path, Device device) {
        Variable variable = device.snapshot().variables().get(path.part(ITEM));
        if (variable == null) return unknown("VAR-NOT-SUPPORTED", "the device has no variable " + path.part(ITEM));
        VarType type = variable.type();
        return switch (path.part(DETAIL)) {
            case "" -> Reply.json(json -> json.value(device.shown(variable)));
            case "type" -> Reply.json(json -> json.value(words(type)));
            case "enum" -> Reply.json(json -> DeviceJson.strings(json, type.choices()));
            case "range" -> Reply.json(json -> DeviceJson.ranges(json, type));
            case "description" -> Reply.json(json -> json.value(registry.describeVariable(variable.name())));
            default -> unknown("nothing is served at this path");
        };
    }

    @Override
    protected CompletionStage<Reply> post(HttpServletRequest request, AuthenticatedUser user, String body) {
        Path path = Path.of(request);
        boolean devices =
                (path.devices("v1") || path.devices("v2")) && path.parts().size() == DETAIL;
        String ups = path.part(NAME);
        if (devices && path.part(PART).equals("var"))
            return user.set(ups, path.part(ITEM), body).thenApply(RestServlet::reply);
        if (devices && path.part(PART).equals("command"))
            return user.run(ups, path.part(ITEM), body).thenApply(RestServlet::reply);
        return CompletableFuture.completedFuture(unknown("nothing can be changed at this path"));
    }

    private static Reply reply(RequestResult result) {
        if (result.succeeded()) return Reply.json(json -> json.value("OK"));
        int status =
                switch (result.error()) {
                    case "ACCESS-DENIED" -> HttpServletResponse.SC_FORBIDDEN;
                    case "UNKNOWN-UPS", "VAR-NOT-SUPPORTED", "CMD-NOT-SUPPORTED" -> HttpServletResponse.SC_NOT_FOUND;
                    case "READONLY", "TOO-LONG", "INVALID-VALUE", "INVALID-ARGUMENT", "SET-FAILED" ->
                        HttpServletResponse.SC_BAD_REQUEST;
                    case "DRIVER-NOT-CONNECTED", "DATA-STALE" -> HttpServletResponse.SC_SERVICE_UNAVAILABLE;
                    default -> HttpServletResponse.SC_BAD_GATEWAY;
                };
        return Reply.error(status, result.error(), result.reason());
    }

    private static String words(VarType type) {
        var words = new StringBuilder(type.writable() ? "RW " : "");
        if (!type.choices().isEmpty()) words.append("ENUM ");
        if (!type.ranges().isEmpty()) words.append("RANGE ");
        words.append(type.maxLength().isPresent() ? "STRING:" + type.maxLength().getAsInt() : "NUMBER");
        return words.toString();
    }

    private static Reply unknown(String reason) {
        return unknown("UNKNOWN-COMMAND", reason);
    }

    private static Reply unknown(String word, String reason) {
        return Reply.error(HttpServletResponse.SC_NOT_FOUND, word, reason);
    }

    private static String resource(String name) {
        try (var in = RestServlet.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException("the bundle lacks " + name);
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
