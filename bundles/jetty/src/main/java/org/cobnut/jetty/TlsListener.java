package org.cobnut.jetty;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.apache.felix.http.jetty.ConnectorFactory;
import org.cobnut.link.HostPort;
import org.cobnut.tls.TlsFiles;
import org.cobnut.wire.ErrorText;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.framework.ServiceRegistration;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the web server listen with TLS at the address that COBNUT_WEB_LISTEN names, beside the loopback interface: never without
 * TLS, and not at all while upsd.conf names no certificate.
 */
@Component(
        service = TlsListener.class,
        configurationPid = {"cobnut.nut", "cobnut.upsd"},
        immediate = true)
public final class TlsListener {
    @interface Config {
        /** COBNUT_WEB_LISTEN in nut.conf. */
        String cobnut_web_listen() default "";

        /** CERTFILE in upsd.conf. */
        String certfile() default "";

        /** CERTPATH in upsd.conf. */
        String certpath() default "";
    }

    private static final Logger log = LoggerFactory.getLogger(TlsListener.class);
    private static final int USUAL_PORT = 8443;

    private record Wanted(String address, TlsFiles files) {}

    private final BundleContext context;
    private final ConfigurationAdmin configurations;
    private Wanted now = new Wanted("", TlsFiles.NONE);
    private @Nullable ServiceRegistration<ConnectorFactory> listening;

    @Activate
    public TlsListener(BundleContext context, Config config, @Reference ConfigurationAdmin configurations) {
        this.context = context;
        this.configurations = configurations;
        modified(config);
    }

    /** Listens elsewhere when an address or a name of a file has changed; connections of before are closed then only. */
    @Modified
    synchronized void modified(Config config) {
        var wanted = new Wanted(config.cobnut_web_listen(), files(config));
        if (wanted.equals(now)) return;
        now = wanted;
        stop();
        if (wanted.address().isEmpty()) return;
        try {
            HostPort address = HostPort.parse(wanted.address(), USUAL_PORT);
            listen(address, wanted.files());
            log.info("web pages on https://{}/ups/", address);
        } catch (IOException | IllegalArgumentException | GeneralSecurityException wrong) {
            log.error(
                    "nut.conf: COBNUT_WEB_LISTEN {}: the web pages are on the loopback interface only: {}",
                    wanted.address(),
                    ErrorText.withFile(wrong));
        }
    }

    @Deactivate
    synchronized void stop() {
        ServiceRegistration<ConnectorFactory> last = listening;
        listening = null;
        if (last != null) last.unregister();
    }

    private void listen(HostPort address, TlsFiles files) throws IOException, GeneralSecurityException {
        if (files.certfile().isEmpty() && !files.nss())
            throw new IOException("upsd.conf names no certificate: CERTFILE, which nutctl tls makes");
        var keys = new CurrentKeyManager(files, System::nanoTime);
        try (var free = new ServerSocket()) { // Jetty's own words for a failure are a program's
            free.bind(new InetSocketAddress(address.host(), address.port()));
        } catch (IOException taken) {
            throw new IOException("cannot listen there: " + ErrorText.of(taken), taken);
        }
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(new KeyManager[] {keys}, null, null);
        listening = context.registerService(
                ConnectorFactory.class, server -> connector(server, address, tls, keys.protocols()), null);
    }

    private static Connector connector(Server server, HostPort address, SSLContext tls, String[] protocols) {
        var factory = new SslContextFactory.Server();
        factory.setSslContext(tls);
        factory.setIncludeProtocols(protocols);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // A certificate is for names, and whoever comes by an address has said to the browser that it is right.
        http.addCustomizer(new SecureRequestCustomizer(false));
        var connector = new ServerConnector(
                server, new SslConnectionFactory(factory, "http/1.1"), new HttpConnectionFactory(http));
        connector.setHost(address.host());
        connector.setPort(address.port());
        return connector;
    }

    private TlsFiles files(Config config) {
        List<String> ident = ident();
        return new TlsFiles(
                path(config.certfile()),
                path(config.certpath()),
                ident.size() > 0 ? ident.get(0) : "",
                ident.size() > 1 ? ident.get(1) : "");
    }

    private Optional<Path> path(String text) {
        Path directory = Path.of(String.valueOf(context.getProperty("cobnut.confpath")));
        return text.isEmpty() ? Optional.empty() : Optional.of(directory.resolve(text));
    }

    /** CERTIDENT: it is secret, so no component's properties have it. */
    private List<String> ident() {
        try {
            Configuration[] upsd = configurations.listConfigurations("(service.pid=cobnut.upsd)");
            return upsd != null && upsd[0].getProperties().get("certident.password") instanceof String[] words
                    ? List.of(words)
                    : List.of();
        } catch (IOException | InvalidSyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
