package org.cobnut.notify.mail;

import jakarta.mail.Address;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.SendFailedException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.notify.DeliveryRefusedException;
import org.cobnut.notify.Message;
import org.cobnut.notify.Sender;
import org.cobnut.notify.Severity;
import org.cobnut.notify.TargetSettings;
import org.cobnut.wire.ErrorText;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.eclipse.angus.mail.smtp.SMTPSenderFailedException;

/**
 * Sends a message as one mail to all receivers, over a connection of its own. The certificate of the server is checked,
 * and no mail goes in clear text unless {@code tls = none} says so.
 */
final class MailSender implements Sender {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss xxx");
    private static final int REFUSED = 500;

    private final Properties properties = new Properties();
    private final InternetAddress from;
    private final InternetAddress[] to;
    private final Optional<String> user;
    private final Optional<String> password;
    private final OpenSockets sockets = new OpenSockets();

    MailSender(TargetSettings settings) {
        String tls = settings.text("tls").orElse("starttls");
        boolean implicit = tls.equals("implicit");
        boolean starttls = tls.equals("starttls");
        from = address("from", settings.required("from"));
        settings.required("to");
        to = settings.words("to").stream().map(word -> address("to", word)).toArray(InternetAddress[]::new);
        user = settings.text("user");
        password = settings.text("password");
        if (password.isPresent() && user.isEmpty())
            throw new IllegalArgumentException("password wants a user beside it");
        String timeout = String.valueOf(settings.timeout().toMillis());
        set("host", settings.required("server"));
        set("port", String.valueOf(settings.number("port", implicit ? 465 : starttls ? 587 : 25)));
        set("connectiontimeout", timeout);
        set("timeout", timeout);
        set("auth", String.valueOf(user.isPresent()));
        set("ssl.enable", String.valueOf(implicit));
        set("ssl.checkserveridentity", "true");
        set("starttls.enable", String.valueOf(starttls));
        set("starttls.required", String.valueOf(starttls));
        // A receiver that is refused keeps no mail from the others.
        set("sendpartial", "true");
        properties.put("mail.smtp.socketFactory", sockets.plain());
        properties.put("mail.smtp.socketFactory.fallback", "false");
        if (implicit || starttls)
            properties.put(
                    "mail.smtp.ssl.socketFactory", sockets.secure(settings.tls().getSocketFactory()));
        properties.put("mail.from", from.getAddress());
    }

    private void set(String name, String value) {
        properties.setProperty("mail.smtp." + name, value);
    }

    private static InternetAddress address(String key, String word) {
        try {
            return new InternetAddress(word, true);
        } catch (AddressException wrong) {
            throw new IllegalArgumentException(key + " wants mail addresses, not '" + word + "'", wrong);
        }
    }

    @Override
    public void send(Message message) throws IOException {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        // The library looks for its parts by the thread's loader, and they lie in this bundle.
        thread.setContextClassLoader(MailSender.class.getClassLoader());
        try {
            deliver(message);
        } catch (MessagingException failed) {
            throw reason(failed);
        } finally {
            close();
            thread.setContextClassLoader(before);
        }
    }

    private void deliver(Message message) throws MessagingException {
        var all = new Properties();
        all.putAll(properties);
        // By this name the server is greeted; otherwise the library asks the network for one.
        all.setProperty("mail.smtp.localhost", message.host());
        var session = Session.getInstance(all);
        MimeMessage mail = mail(session, message);
        try (Transport transport = session.getTransport("smtp")) {
            transport.connect(user.orElse(null), password.orElse(null));
            transport.sendMessage(mail, to);
        }
    }

    private MimeMessage mail(Session session, Message message) throws MessagingException {
        var mail = new MimeMessage(session);
        mail.setFrom(from);
        mail.setRecipients(jakarta.mail.Message.RecipientType.TO, to);
        mail.setSubject(message.subject(), StandardCharsets.UTF_8.name());
        mail.setSentDate(Date.from(message.at()));
        mail.setText(text(message), StandardCharsets.UTF_8.name());
        // No program answers that its owner is away.
        mail.setHeader("Auto-Submitted", "auto-generated");
        if (message.severity() == Severity.CRITICAL) {
            mail.setHeader("X-Priority", "1");
            mail.setHeader("Importance", "high");
        }
        mail.saveChanges();
        return mail;
    }

    private static String text(Message message) {
        var lines = new ArrayList<>(List.of(message.text(), "", "Event:   " + message.event()));
        if (!message.ups().isEmpty()) lines.add("UPS:     " + message.ups());
        lines.add("Machine: " + message.host());
        lines.add("Time:    " + TIME.format(message.at().atZone(ZoneId.systemDefault())));
        return String.join("\r\n", lines) + "\r\n";
    }

    /** What the server said, or why it was not reached; a number from 500 on is a refusal for good. */
    private static IOException reason(MessagingException failed) {
        List<Exception> all = chain(failed);
        String delivered = all.stream()
                .filter(SendFailedException.class::isInstance)
                .flatMap(each -> addresses(((SendFailedException) each).getValidSentAddresses()))
                .distinct()
                .collect(Collectors.joining(", "));
        Optional<Exception> answer = all.stream().filter(each -> code(each) > 0).reduce((outer, inner) -> inner);
        String text = answer.map(MailSender::said).orElseGet(() -> cause(all));
        if (!delivered.isEmpty()) text = "only delivered to " + delivered + ": " + text;
        boolean refused = !delivered.isEmpty()
                || failed instanceof AuthenticationFailedException
                || answer.filter(each -> code(each) >= REFUSED).isPresent();
        return refused ? new DeliveryRefusedException(text, failed) : new IOException(text, failed);
    }

    private static String said(Exception answer) {
        String whom = answer instanceof SMTPAddressFailedException address ? " for " + address.getAddress() : "";
        return "the server says" + whom + ": " + ErrorText.of(answer).strip();
    }

    private static String cause(List<Exception> all) {
        Exception last = all.get(all.size() - 1);
        return last instanceof AuthenticationFailedException
                ? "the server does not take user and password: " + ErrorText.of(last)
                : ErrorText.of(last);
    }

    private static List<Exception> chain(MessagingException failed) {
        var all = new ArrayList<Exception>();
        for (Exception each = failed; each != null; ) {
            all.add(each);
            each = each instanceof MessagingException outer ? outer.getNextException() : null;
        }
        return all;
    }

    private static Stream<String> addresses(Address[] addresses) {
        return addresses == null ? Stream.empty() : Stream.of(addresses).map(Address::toString);
    }

    /** The number with which a server answered. */
    private static int code(Exception failure) {
        if (failure instanceof SMTPAddressFailedException address) return address.getReturnCode();
        if (failure instanceof SMTPSenderFailedException sender) return sender.getReturnCode();
        return failure instanceof SMTPSendFailedException send ? send.getReturnCode() : 0;
    }

    @Override
    public void close() {
        sockets.closeAll();
    }
}
