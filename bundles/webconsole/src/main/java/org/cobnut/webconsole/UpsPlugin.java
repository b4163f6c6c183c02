package org.cobnut.webconsole;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.osgi.service.component.annotations.Component;

/** The entry UPS in the console's menu, which leads to the live page of cobnut.web. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=ups",
            ServletConstants.PLUGIN_TITLE + "=UPS",
            ServletConstants.PLUGIN_CATEGORY + "=NUT"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class UpsPlugin extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.sendRedirect("/ups/");
    }
}
