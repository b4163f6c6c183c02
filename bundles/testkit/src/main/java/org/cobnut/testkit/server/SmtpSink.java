package org.cobnut.testkit.server;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** A mail server on a loopback port: takes mails, and answers as a test wants it. One connection at a time. */
public final class SmtpSink implements AutoCloseable {
    private final BlockingQueue<String> mails = new LinkedBlockingQueue<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Map<String, String> answers = new ConcurrentHashMap<>();
    private final ServerSocket listening = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private final Optional<SSLContext> tls;
    private final boolean implicit;

    /** A server that has no TLS. */
    public SmtpSink() throws IOException {
        this(Optional.empty(), false);
    }

    /** A server that has TLS from the first byte, or after STARTTLS. */
    public SmtpSink(SSLContext tls, boolean implicit) throws IOException {
        this(Optional.of(tls), implicit);
    }

    private SmtpSink(Optional<SSLContext> tls, boolean implicit) throws IOException {
        this.tls = tls;
        this.implicit = implicit;
        var thread = new Thread(this::serve, "smtp-sink");
        thread.setDaemon(true);
        thread.start();
    }

    /** Where it listens on 127.0.0.1. */
    public int port() {
        return listening.getLocalPort();
    }

    /** The mails that were taken, headers and text, with a line feed behind each line. */
    public BlockingQueue<String> mails() {
        return mails;
    }

    /** The commands that were heard so far. */
    public List<String> heard() {
        return List.copyOf(heard);
    }

    /** Gives this answer to every command that begins so, in capitals. */
    public void answer(String command, String answer) {
        answers.put(command, answer);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }

    private void serve() {
        while (!listening.isClosed()) {
            try (Socket client = listening.accept()) {
                talk(implicit ? secured(client) : client, true);
            } catch (IOException gone) {
                heard.add("(gone)");
            }
        }
    }

    private Socket secured(Socket client) throws IOException {
        SSLContext context = tls.orElseThrow(() -> new IOException("there is no TLS here"));
        var secure = (SSLSocket) context.getSocketFactory()
                .createSocket(client, client.getInetAddress().getHostAddress(), client.getPort(), true);
        secure.setUseClientMode(false);
        secure.startHandshake();
        return secure;
    }

    private void talk(Socket client, boolean greets) throws IOException {
        var in = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
        if (greets) say(client, "220 sink");
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            heard.add(line);
            String command = line.toUpperCase(Locale.ROOT);
            Optional<String> own = answers.entrySet().stream()
                    .filter(each -> command.startsWith(each.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (own.isPresent()) say(client, own.get());
            else if (command.startsWith("EHLO")) say(client, offer(greets));
            else if (command.equals("STARTTLS")) {
                say(client, "220 go ahead");
                talk(secured(client), false);
                return;
            } else if (command.equals("DATA")) take(client, in);
            else if (command.equals("QUIT")) {
                say(client, "221 bye");
                return;
            } else say(client, command.startsWith("AUTH") ? "235 welcome" : "250 ok");
        }
    }

    private String offer(boolean clear) {
        return "250-sink\r\n" + (tls.isPresent() && clear && !implicit ? "250-STARTTLS\r\n" : "") + "250 AUTH PLAIN";
    }

    private void take(Socket client, BufferedReader in) throws IOException {
        say(client, "354 go on");
        var mail = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine())
            mail.append(line).append('\n');
        mails.add(mail.toString());
        say(client, "250 taken");
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.US_ASCII));
    }
}
