package org.cobnut.link.http.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.driver.Settings;
import org.cobnut.link.Link;
import org.cobnut.link.LinkProvider;
import org.cobnut.link.LinkRequest;
import org.cobnut.link.http.HttpParameters;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;

/** Opens devices that serve pages over HTTP. Nothing is sent before the first page is asked for. */
@Component(
        property = {
            LinkProvider.KIND + "=org.cobnut.link.http.HttpLink",
            LinkProvider.SCHEME + "=http",
            LinkProvider.SCHEME + "=https"
        })
public final class HttpLinks implements LinkProvider {
    private final Set<ClientHttpLink> open = ConcurrentHashMap.newKeySet();
    private volatile boolean stopped;

    @Deactivate
    void stop() {
        stopped = true;
        open.forEach(ClientHttpLink::close);
    }

    @Override
    public Link open(LinkRequest request) throws IOException {
        HttpParameters parameters = request.parameters(HttpParameters.class).orElse(HttpParameters.USUAL);
        HttpClient client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(parameters.timeout())
                .build();
        var link = new ClientHttpLink(client, base(request.port()), parameters, open::remove);
        open.add(link);
        if (stopped) link.close();
        return link;
    }

    private static URI base(String port) throws IOException {
        try {
            var uri = new URI(port);
            if (uri.getHost() != null && uri.getUserInfo() == null)
                return new URI(uri.getScheme(), null, uri.getHost(), uri.getPort(), null, null, null);
        } catch (URISyntaxException bad) {
            throw new IOException(refusal(port), bad);
        }
        throw new IOException(refusal(port));
    }

    private static String refusal(String port) {
        return "port " + Settings.masked(port) + " is no address of a device, such as http://card.example";
    }
}
