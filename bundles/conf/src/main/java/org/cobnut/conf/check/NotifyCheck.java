package org.cobnut.conf.check;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.cobnut.conf.schema.ParsedFile;
import org.cobnut.conf.schema.SectionValues;
import org.cobnut.conf.text.CommandCheck;
import org.cobnut.conf.text.Fault;
import org.cobnut.wire.NamePattern;

/**
 * Finds targets of notify.conf that would get nothing: no UPS is monitored, or none of theirs, or their program does not
 * exist; and those that send a secret in clear text. All of it are warnings, without a secret.
 */
final class NotifyCheck {
    private static final Set<String> LOCAL = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final ParsedFile notify;
    private final List<Fault> faults = new ArrayList<>();

    private NotifyCheck(ParsedFile notify) {
        this.notify = notify;
    }

    /** Checks the targets against the UPSes of the MONITOR lines. */
    static List<Fault> of(ParsedFile notify, Set<String> monitored) {
        var check = new NotifyCheck(notify);
        List<SectionValues> targets = notify.sections();
        if (monitored.isEmpty() && !targets.isEmpty())
            check.warn(
                    targets.get(0).line(),
                    "there is no MONITOR line in upsmon.conf, so there are no notices to send to a target");
        for (SectionValues target : targets) {
            if (!monitored.isEmpty()) check.upses(target, monitored);
            check.command(target);
            check.clearText(target);
        }
        return check.faults;
    }

    private void upses(SectionValues target, Set<String> monitored) {
        if (!(target.values().get("ups") instanceof String[] patterns)) return;
        for (String pattern : patterns) {
            var names = NamePattern.of(pattern);
            if (monitored.stream().noneMatch(names::matches))
                warn(target.mentioned("ups"), "ups = %s meets no MONITOR of upsmon.conf".formatted(pattern));
        }
    }

    private void command(SectionValues target) {
        if (!(target.values().get("command") instanceof String[] words)) return;
        CommandCheck.foreign(System.getenv().getOrDefault("PATH", ""))
                .program(words[0])
                .ifPresent(why -> warn(target.mentioned("command"), "command " + why));
    }

    private void clearText(SectionValues target) {
        boolean secret =
                target.values().containsKey("password") || target.values().containsKey("token.password");
        if (!secret) return;
        if ("none".equals(target.values().get("tls"))
                && !local(String.valueOf(target.values().get("server"))))
            warn(
                    target.mentioned("tls"),
                    "the password goes over the network in clear text; tls = starttls prevents it");
        if (target.values().get("url.password") instanceof String url && plain(url))
            warn(
                    target.mentioned("url.password"),
                    "token and password go over the network in clear text; a url with https: prevents it");
    }

    private static boolean plain(String url) {
        try {
            var uri = URI.create(url);
            return "http".equalsIgnoreCase(uri.getScheme())
                    && !local(Optional.ofNullable(uri.getHost()).orElse(""));
        } catch (IllegalArgumentException wrong) {
            return false; // the notifier says so
        }
    }

    private static boolean local(String host) {
        return LOCAL.contains(host) || host.startsWith("127.");
    }

    private void warn(int line, String reason) {
        faults.add(Fault.warning(notify.schema().file(), line, reason));
    }
}
