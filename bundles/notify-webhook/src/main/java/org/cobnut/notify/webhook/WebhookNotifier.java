package org.cobnut.notify.webhook;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import org.cobnut.notify.Notifier;
import org.cobnut.notify.Sender;
import org.cobnut.notify.TargetSettings;
import org.osgi.service.component.annotations.Component;

/** Opens targets that take notices by HTTP, each in the format of its service. */
@Component(property = Notifier.KIND + "=webhook")
public final class WebhookNotifier implements Notifier {
    @Override
    public Sender open(TargetSettings settings) {
        Format format = format(settings.required("format"));
        URI address = format.address(address(settings.required("url")));
        if (settings.text("password").isPresent() && settings.text("user").isEmpty())
            throw new IllegalArgumentException("password wants a user beside it");
        if (settings.text("token").isPresent() && settings.text("user").isPresent())
            throw new IllegalArgumentException("it has a token and a user, and only one of them can log in");
        return new WebhookSender(address, format, settings);
    }

    private static Format format(String word) {
        try {
            return Format.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException unknown) {
            throw new IllegalArgumentException("format wants slack, discord, ntfy, gotify or json", unknown);
        }
    }

    private static URI address(String text) {
        try {
            var address = new URI(text);
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if ((scheme.equals("https") || scheme.equals("http"))
                    && address.getHost() != null
                    && address.getUserInfo() == null) return address;
        } catch (URISyntaxException wrong) {
            throw new IllegalArgumentException("url wants an address such as https://host/path", wrong);
        }
        throw new IllegalArgumentException("url wants an address such as https://host/path, without a user in it");
    }
}
