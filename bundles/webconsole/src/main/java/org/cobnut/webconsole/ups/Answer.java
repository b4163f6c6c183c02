package org.cobnut.webconsole.ups;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.cobnut.wire.Columns;

/** An answer in JSON. */
record Answer(int status, String json) {
    /** What was asked for, which is JSON already. */
    static Answer of(String json) {
        return new Answer(HttpServletResponse.SC_OK, json);
    }

    /** A sentence on what was done. */
    static Answer said(String sentence) {
        return of(Columns.json(sentence));
    }

    /** Why nothing was done, in sentences. */
    static Answer refused(String reason) {
        return error(HttpServletResponse.SC_BAD_REQUEST, reason);
    }

    static Answer unknown() {
        return error(HttpServletResponse.SC_NOT_FOUND, "nothing is served at this path");
    }

    static Answer error(int status, String reason) {
        return new Answer(status, "{\"reason\": " + Columns.json(reason) + '}');
    }

    void send(HttpServletResponse response) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType("application/json;charset=utf-8");
        response.setHeader("Cache-Control", "no-store");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
