package org.cobnut.web.rest;

import com.google.gson.stream.JsonWriter;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicReference;
import org.cobnut.access.AuthenticatedUser;
import org.cobnut.fleet.Fleet;
import org.cobnut.fleet.FleetUps;
import org.cobnut.web.device.Access;
import org.cobnut.web.http.GuardedServlet;
import org.cobnut.web.http.Reply;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/** The UPSes of all machines as JSON, where mqtt.conf collects them. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=cobnut.fleet",
            "osgi.http.whiteboard.servlet.pattern=/api/v2/fleet",
            "osgi.http.whiteboard.servlet.asyncSupported=true"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class FleetServlet extends GuardedServlet {
    private static final long serialVersionUID = 1;

    private final transient AtomicReference<@Nullable Fleet> fleet = new AtomicReference<>();

    @Activate
    public FleetServlet(@Reference Access access) {
        super(access);
    }

    @Reference(
            cardinality = ReferenceCardinality.OPTIONAL,
            policy = ReferencePolicy.DYNAMIC,
            policyOption = ReferencePolicyOption.GREEDY)
    void setFleet(Fleet now) {
        fleet.set(now);
    }

    void unsetFleet(Fleet gone) {
        fleet.compareAndSet(gone, null);
    }

    @Override
    protected CompletionStage<Reply> get(HttpServletRequest request, Optional<AuthenticatedUser> user) {
        String limit = Optional.ofNullable(request.getParameter("limit")).orElse("");
        String find = Optional.ofNullable(request.getParameter("find")).orElse("");
        return CompletableFuture.completedFuture(
                limit.matches("\\d{0,5}")
                        ? reply(fleet.get(), find, limit.isEmpty() ? Integer.MAX_VALUE : Integer.parseInt(limit))
                        : Reply.error(
                                HttpServletResponse.SC_BAD_REQUEST,
                                "INVALID-ARGUMENT",
                                "limit takes a whole number of at most five digits"));
    }

    static Reply reply(@Nullable Fleet now, String find, int most) {
        if (now == null)
            return Reply.error(
                    HttpServletResponse.SC_NOT_FOUND,
                    "FEATURE-NOT-CONFIGURED",
                    "mqtt.conf does not say fleet = yes with a broker");
        FleetSelection selection = FleetSelection.of(now.upses(), find, most);
        return Reply.json(json -> {
            json.beginObject().name("fault").value(now.fault().orElse(null));
            json.name("total").value(selection.total());
            json.name("matching").value(selection.matching());
            json.name("troubled").value(selection.troubled());
            json.name("upses").beginArray();
            for (FleetUps ups : selection.upses()) write(json, ups);
            json.endArray().endObject();
        });
    }

    private static void write(JsonWriter json, FleetUps ups) throws IOException {
        json.beginObject();
        json.name("node").value(ups.node());
        json.name("ups").value(ups.ups());
        json.name("reachable").value(ups.reachable());
        json.name("status").value(ups.status());
        json.name("charge").value(ups.charge());
        json.name("runtime").value(ups.runtime());
        json.name("load").value(ups.load());
        json.name("alarm").value(ups.alarm());
        json.name("model").value(ups.model());
        json.name("since").value(ups.since().map(Instant::toString).orElse(null));
        json.endObject();
    }
}
