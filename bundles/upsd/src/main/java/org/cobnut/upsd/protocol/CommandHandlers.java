package org.cobnut.upsd.protocol;

import java.util.Optional;
import org.cobnut.wire.ErrorCode;
import org.cobnut.wire.Reply;
import org.cobnut.wire.Request;
import org.cobnut.wire.Version;

/** Executes the commands that change nothing in the {@link RequestHandler}; their needs are met. */
final class CommandHandlers {
    private static final String HELP =
            "Commands: HELP VER PROTVER GET LIST SET INSTCMD LOGIN LOGOUT USERNAME PASSWORD STARTTLS";

    private CommandHandlers() {}

    static byte[] about(RequestHandler client, ParsedRequest request) {
        return Queries.line(new Reply.Text(
                switch (((Request.About) request.request()).topic()) {
                    case VER -> RequestHandler.BANNER;
                    case HELP -> HELP;
                    case PROTVER, NETVER -> Version.PROTOCOL;
                }));
    }

    /** Refuses STARTTLS; the connection itself executes it where TLS is configured. */
    static byte[] startTls(RequestHandler client, ParsedRequest request) {
        return Queries.error(ErrorCode.FEATURE_NOT_CONFIGURED);
    }

    static byte[] malformed(RequestHandler client, ParsedRequest request) {
        return Queries.error(((Request.Malformed) request.request()).error());
    }

    static byte[] trackingState(RequestHandler client, ParsedRequest request) {
        Optional<String> id = ((Request.GetTracking) request.request()).id();
        if (id.isEmpty()) return Queries.line(new Reply.Text(client.tracking() ? "ON" : "OFF"));
        if (!client.tracking()) return Queries.error(ErrorCode.FEATURE_NOT_CONFIGURED);
        return Queries.line(client.service()
                .tracking()
                .state(id.get(), client.service().limits().get().trackingNanos()));
    }

    static byte[] listUps(RequestHandler client, ParsedRequest request) {
        return client.service().queries().listUps();
    }

    static byte[] serverVariable(RequestHandler client, ParsedRequest request) {
        return Queries.server((Request.Query) request.request());
    }

    static byte[] upsQuery(RequestHandler client, ParsedRequest request) {
        return client.service().queries().withoutData((Request.Query) request.request(), request.ups());
    }

    static byte[] dataQuery(RequestHandler client, ParsedRequest request) {
        return client.service().queries().answer((Request.Query) request.request(), request.ups(), request.snapshot());
    }

    static byte[] set(RequestHandler client, ParsedRequest request) {
        return Queries.line(client.service().commands().set(request, client));
    }

    static byte[] instcmd(RequestHandler client, ParsedRequest request) {
        return Queries.line(client.service().commands().run(request, client));
    }

    static byte[] fsd(RequestHandler client, ParsedRequest request) {
        return Queries.line(client.service().commands().fsd(request, client));
    }

    /** Grants a permission that changes nothing. */
    static byte[] primary(RequestHandler client, ParsedRequest request) {
        boolean master = ((Request.Primary) request.request()).master();
        return Queries.line(new Reply.Ok(master ? "MASTER-GRANTED" : "PRIMARY-GRANTED"));
    }
}
