package org.cobnut.webconsole;

import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import org.cobnut.wire.ErrorText;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Filters the pages of Felix's console: allows only the scripts of their templates, escapes values, and shows why a
 * form was refused.
 */
@Component(
        service = Filter.class,
        property = {
            "osgi.http.whiteboard.filter.pattern=/*",
            "osgi.http.whiteboard.context.select=(osgi.http.whiteboard.context.name=org.apache.felix.webconsole)"
        })
public final class PageFilter implements Filter {
    private static final Logger log = LoggerFactory.getLogger(PageFilter.class);
    /** Every page of Felix's loads it first. */
    private static final String FIRST_SCRIPT = "/res/lib/support.js";

    private static final int NONCE_BYTES = 16;
    /** Felix's table sorter and its upload form make functions of text. */
    private static final String POLICY = "default-src 'self'; script-src 'nonce-%s' 'unsafe-eval'; style-src 'self' "
            + "'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'self'; "
            + "frame-ancestors 'none'";

    private final SecureRandom random = new SecureRandom();

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked) || !(response instanceof HttpServletResponse answer)) return;
        var path = String.valueOf(asked.getRequestURI());
        var nonce = nonce();
        answer.setHeader("Content-Security-Policy", POLICY.formatted(nonce));
        var page = new PageResponse(answer, nonce, path.endsWith(FIRST_SCRIPT) ? escaping() : new byte[0]);
        try {
            chain.doFilter(asked, page);
            page.finish();
        } catch (IOException | ServletException | RuntimeException e) {
            if (!asked.getMethod().equals("POST") || answer.isCommitted()) throw e;
            refused(answer, path, e);
        }
    }

    /** Reads the fault of a value from the exception of the component that stores the configuration. */
    private static void refused(HttpServletResponse answer, String path, Exception failure) throws IOException {
        Throwable cause = failure;
        while (cause instanceof ServletException && cause.getCause() != null) cause = cause.getCause();
        log.debug("web console: {}", path, failure);
        answer.reset();
        answer.setStatus(HttpServletResponse.SC_BAD_REQUEST);
        answer.setContentType("text/plain;charset=utf-8");
        answer.getWriter().println(ErrorText.withFile(cause));
    }

    private byte[] escaping() throws IOException {
        try (var script = PageFilter.class.getResourceAsStream("/res/escape.js")) {
            if (script == null) throw new IOException("escape.js is missing in this bundle");
            return script.readAllBytes();
        }
    }

    private String nonce() {
        var bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        return new String(Base64.getEncoder().encode(bytes), StandardCharsets.ISO_8859_1);
    }
}
