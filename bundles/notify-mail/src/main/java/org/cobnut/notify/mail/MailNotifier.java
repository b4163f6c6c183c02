package org.cobnut.notify.mail;

import org.cobnut.notify.Notifier;
import org.cobnut.notify.Sender;
import org.cobnut.notify.TargetSettings;
import org.osgi.service.component.annotations.Component;

/** Opens targets that take notices by mail. */
@Component(property = Notifier.KIND + "=mail")
public final class MailNotifier implements Notifier {
    @Override
    public Sender open(TargetSettings settings) {
        return new MailSender(settings);
    }
}
