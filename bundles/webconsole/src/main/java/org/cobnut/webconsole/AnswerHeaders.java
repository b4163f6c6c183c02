package org.cobnut.webconsole;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.util.Set;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.servlet.whiteboard.Preprocessor;

/** Adds the security headers to every answer of this server, and refuses unusual methods. */
@Component
public final class AnswerHeaders implements Preprocessor {
    /** Nothing at all, until a page says what it needs. */
    private static final String NOTHING =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST");

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest asked) || !(response instanceof HttpServletResponse answer)) return;
        answer.setHeader("X-Content-Type-Options", "nosniff");
        answer.setHeader("X-Frame-Options", "DENY");
        answer.setHeader("Referrer-Policy", "same-origin");
        answer.setHeader("Cross-Origin-Opener-Policy", "same-origin");
        answer.setHeader("Cross-Origin-Resource-Policy", "same-origin");
        answer.setHeader("Content-Security-Policy", NOTHING);
        if (!METHODS.contains(asked.getMethod())) {
            answer.setHeader("Allow", "GET, HEAD, POST");
            answer.setStatus(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
            return;
        }
        chain.doFilter(asked, new CookieFlags(answer));
    }

    /** Keeps cookies from scripts and from requests of other sites. */
    private static final class CookieFlags extends HttpServletResponseWrapper {
        CookieFlags(HttpServletResponse answer) {
            super(answer);
        }

        @Override
        public void addCookie(Cookie cookie) {
            cookie.setHttpOnly(true);
            cookie.setAttribute("SameSite", "Strict");
            super.addCookie(cookie);
        }
    }
}
