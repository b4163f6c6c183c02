package org.cobnut.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import org.cobnut.web.page.IndexPage;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** Serves the files of the live page, under the name and in the colours of whoever ships it. They hold no data, so everybody may have them. */
@Component(
        service = Servlet.class,
        property = {"osgi.http.whiteboard.servlet.name=cobnut.page", "osgi.http.whiteboard.servlet.pattern=/ups/*"})
@SuppressWarnings("serial") // a servlet is never serialized
public final class PageServlet extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private final transient IndexPage page;

    @Activate
    public PageServlet(BundleContext context) {
        page = new IndexPage(context);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            response.sendRedirect("/ups/");
            return;
        }
        if (path.equals("/fleet")) {
            response.sendRedirect("/ups/#/fleet");
            return;
        }
        String name = path.equals("/") ? "index.html" : path.substring(1);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", IndexPage.POLICY);
        if (name.equals("index.html")) {
            response.setContentType(type);
            response.setHeader("Cache-Control", "no-cache");
            response.getWriter().write(page.html());
            return;
        }
        // No folder lies below it, so that no path leads elsewhere.
        try (var file = type == null || !name.matches("[a-z]+\\.[a-z]+") ? null : file(name)) {
            if (file == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType(type);
            response.setHeader("Cache-Control", "no-cache");
            file.transferTo(response.getOutputStream());
        }
    }

    private @Nullable InputStream file(String name) throws IOException {
        var given = page.file(name);
        return given.isPresent() ? given.get().openStream() : PageServlet.class.getResourceAsStream("/page/" + name);
    }
}
