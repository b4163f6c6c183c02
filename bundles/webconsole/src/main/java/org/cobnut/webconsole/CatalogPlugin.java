package org.cobnut.webconsole;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.catalog.DriverCatalog;
import org.cobnut.web.origin.RequestOrigin;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the console's page about the drivers of catalogs, and installs one, as {@code nutctl drivers} does. */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=catalog",
            ServletConstants.PLUGIN_TITLE + "=Driver catalog",
            ServletConstants.PLUGIN_CATEGORY + "=NUT",
            ServletConstants.PLUGIN_CSS_REFERENCES + "=/nut/res/nut.css"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class CatalogPlugin extends AbstractServlet {
    private static final long serialVersionUID = 1;
    private static final Logger log = LoggerFactory.getLogger(CatalogPlugin.class);

    private final transient AtomicReference<@Nullable DriverCatalog> catalog = new AtomicReference<>();
    /** The outcome of the last install here; empty for none. */
    private volatile String last = "";

    @Reference(cardinality = ReferenceCardinality.OPTIONAL, policy = ReferencePolicy.DYNAMIC)
    void setCatalog(DriverCatalog added) {
        catalog.set(added);
    }

    void unsetCatalog(DriverCatalog removed) {
        catalog.compareAndSet(removed, null);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        setNoCache(response);
        spoolResource(request, response);
    }

    @Override
    public void renderContent(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var page = new CatalogPage(String.valueOf(request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT)));
        DriverCatalog there = catalog.get();
        String text;
        try {
            text = there == null
                    ? page.unusable("The bundle cobnut.deploy, which reads catalogs, does not run; see the log.")
                    : page.page(there.available(), last);
        } catch (IOException e) {
            text = page.unusable("The list of catalogs cannot be read: " + ErrorText.withFile(e));
        }
        response.getWriter().println(text);
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        String name = Optional.ofNullable(request.getParameter("install")).orElse("");
        DriverCatalog there = catalog.get();
        if (there == null || name.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        String said;
        try {
            said = there.install(name);
        } catch (IllegalStateException e) {
            said = String.valueOf(e.getMessage());
        } catch (IOException e) {
            said = "%s is not installed: %s".formatted(name, ErrorText.withFile(e));
        }
        AuditLog.record(new Actor(ConsoleSecurityProvider.USER, "console"), "install " + name, said);
        log.info("{} (by {} in the web console)", RequestOrigin.printable(said), ConsoleSecurityProvider.USER);
        last = said;
        response.sendRedirect(String.valueOf(request.getAttribute(ServletConstants.ATTR_PLUGIN_ROOT)));
    }
}
