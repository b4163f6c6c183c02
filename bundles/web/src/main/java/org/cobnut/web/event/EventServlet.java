package org.cobnut.web.event;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.cobnut.web.device.Access;
import org.cobnut.web.http.GuardedServlet;
import org.cobnut.web.http.Reply;
import org.cobnut.wire.ErrorText;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens streams of server-sent events for whoever may read. */
@Component(
        service = Servlet.class,
        property = {
            "osgi.http.whiteboard.servlet.name=cobnut.events",
            "osgi.http.whiteboard.servlet.pattern=/api/v1/events",
            "osgi.http.whiteboard.servlet.asyncSupported=true"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class EventServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(EventServlet.class);

    private final transient Access access;
    private final transient EventHub hub;

    @Activate
    public EventServlet(@Reference Access access, @Reference EventHub hub) {
        this.access = access;
        this.hub = hub;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
        AsyncContext async = request.startAsync(request, response);
        async.setTimeout(0);
        var judged = access.judge(request, false).toCompletableFuture();
        if (judged.isDone()) begin(async, judged.join(), request, response);
        else judged.thenAccept(decision -> async.start(() -> begin(async, decision, request, response)));
    }

    private void begin(
            AsyncContext async, Access.Decision decision, HttpServletRequest request, HttpServletResponse response) {
        try {
            if (decision.verdict() != Access.Verdict.ALLOWED) {
                refuse(async, GuardedServlet.refusal(decision.verdict()), request, response);
                return;
            }
            response.setContentType("text/event-stream;charset=utf-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Accel-Buffering", "no");
            if (!hub.open(async, response.getOutputStream())) {
                response.setHeader("Retry-After", "30");
                refuse(
                        async,
                        Reply.error(
                                HttpServletResponse.SC_SERVICE_UNAVAILABLE, "TOO-MANY", "too many streams are open"),
                        request,
                        response);
            }
        } catch (IOException | IllegalStateException gone) {
            log.debug("a reader of events has gone: {}", ErrorText.of(gone));
            async.complete();
        }
    }

    private static void refuse(
            AsyncContext async, Reply reply, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        GuardedServlet.challenge(request, response, reply.status());
        reply.send(response);
        async.complete();
    }
}
