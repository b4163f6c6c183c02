package org.cobnut.web;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
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
    /** Scripts of this page only, none of which may make markup of text. */
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
            + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
            + "require-trusted-types-for 'script'; trusted-types 'none'";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=utf-8",
            "css", "text/css;charset=utf-8",
            "js", "text/javascript;charset=utf-8",
            "svg", "image/svg+xml");

    private final transient Brand brand;

    @Activate
    public PageServlet(BundleContext context) {
        brand = Brand.of(context);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String path = request.getPathInfo();
        if (path == null) {
            response.sendRedirect("/ups/");
            return;
        }
        String name = path.equals("/") ? "index.html" : path.substring(1);
        String type = TYPES.get(name.substring(name.lastIndexOf('.') + 1));
        response.setHeader("X-Content-Type-Options", "nosniff");
        response.setHeader("Referrer-Policy", "same-origin");
        response.setHeader("Content-Security-Policy", POLICY);
        // No folder lies below it, so that no path leads elsewhere.
        try (var file = type == null || !name.matches("[a-z]+\\.[a-z]+") ? null : file(name)) {
            if (file == null) {
                response.sendError(HttpServletResponse.SC_NOT_FOUND);
                return;
            }
            response.setContentType(type);
            response.setHeader("Cache-Control", "no-cache");
            if (name.equals("index.html")) response.getWriter().write(branded(file));
            else file.transferTo(response.getOutputStream());
        }
    }

    private @Nullable InputStream file(String name) throws IOException {
        var given = brand.file(name);
        return given.isPresent() ? given.get().openStream() : PageServlet.class.getResourceAsStream("/page/" + name);
    }

    private String branded(InputStream page) throws IOException {
        String name = brand.name().replace("&", "&amp;").replace("<", "&lt;");
        String style = brand.file("brand.css").isPresent() ? "<link rel=\"stylesheet\" href=\"brand.css\">" : "";
        return new String(page.readAllBytes(), StandardCharsets.UTF_8)
                .replace("{name}", name)
                .replace("{style}", style);
    }
}
