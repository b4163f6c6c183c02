package org.cobnut.webconsole;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.osgi.service.component.annotations.Component;

/** Redirects the bare address to the page UPS. */
@Component(service = Servlet.class, property = "osgi.http.whiteboard.servlet.pattern=")
@SuppressWarnings("serial") // a servlet is never serialized
public final class FrontPage extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect("/system/console/ups");
    }
}
