package org.cobnut.webconsole.ups;

import jakarta.servlet.Servlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.felix.webconsole.servlet.AbstractServlet;
import org.apache.felix.webconsole.servlet.ServletConstants;
import org.cobnut.audit.Actor;
import org.cobnut.audit.AuditLog;
import org.cobnut.command.CommandService;
import org.cobnut.config.ConfigurationFiles;
import org.cobnut.config.FileFault;
import org.cobnut.config.FileText;
import org.cobnut.web.page.IndexPage;
import org.cobnut.wire.Columns;
import org.cobnut.wire.ErrorText;
import org.osgi.framework.BundleContext;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Serves the live page within the console, and below {@code /ups/api} what the page offers to the console's administrator.
 * Every request has the console's password, and none that changes something comes from another site.
 */
@Component(
        service = Servlet.class,
        property = {
            ServletConstants.PLUGIN_LABEL + "=ups",
            ServletConstants.PLUGIN_TITLE + "=UPS",
            ServletConstants.PLUGIN_CATEGORY + "=NUT"
        })
@SuppressWarnings("serial") // a servlet is never serialized
public final class UpsPlugin extends AbstractServlet {
    private static final long serialVersionUID = 1;
    private static final String API = "/ups/api/";
    private static final int LONGEST_TEXT = 1 << 20;
    private static final int LARGEST_JAR = 32 << 20;
    private static final Actor ADMIN = new Actor("admin", "console");

    private final transient ConfigurationFiles files;
    private final transient ConsoleCommands commands;
    private final transient DeviceAddition devices;
    private final transient IndexPage page;

    @Activate
    public UpsPlugin(
            BundleContext context,
            @Reference ConfigurationFiles files,
            @Reference CommandService commands,
            @Reference ConfigurationAdmin configurations) {
        this.files = files;
        Path state = Path.of(String.valueOf(context.getProperty("cobnut.statepath")));
        this.commands = new ConsoleCommands(commands, state, ADMIN);
        devices = new DeviceAddition(context, configurations);
        page = new IndexPage(context);
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        if (path(request).equals("/ups")) {
            response.setContentType("text/html;charset=utf-8");
            response.setHeader("Content-Security-Policy", IndexPage.POLICY);
            response.setHeader("Cache-Control", "no-cache");
            response.getOutputStream().write(page.html().getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            read(request).send(response);
        } catch (IOException refused) {
            Answer.refused(ErrorText.withFile(refused)).send(response);
        }
    }

    private Answer read(HttpServletRequest request) throws IOException {
        return switch (path(request)) {
            case API + "files" ->
                Answer.of(files.names().stream().map(Columns::json).toList().toString());
            case API + "file" -> {
                FileText text = files.read(parameter(request, "name"));
                yield Answer.of("{\"text\": %s, \"version\": %s}"
                        .formatted(Columns.json(text.text()), Columns.json(text.version())));
            }
            default -> Answer.unknown();
        };
    }

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Answer answer;
        try {
            answer = change(request);
        } catch (IOException refused) {
            answer = Answer.refused(ErrorText.withFile(refused));
        }
        answer.send(response);
    }

    private Answer change(HttpServletRequest request) throws IOException {
        return switch (path(request)) {
            case API + "command" -> commands.run(words(request));
            case API + "jar" -> commands.install(body(request, LARGEST_JAR));
            case API + "mapping" -> commands.check(body(request, LONGEST_TEXT), parameter(request, "name"));
            case API + "check" ->
                Answer.of(files.check(edited(request)).stream()
                        .map(UpsPlugin::json)
                        .toList()
                        .toString());
            case API + "file" -> write(edited(request));
            case API + "device" -> add(request);
            default -> Answer.unknown();
        };
    }

    private Answer write(FileText edited) throws IOException {
        String order = "edit " + edited.name();
        try {
            String said = files.write(edited);
            AuditLog.record(ADMIN, order, "OK");
            return Answer.said(said);
        } catch (IOException refused) {
            AuditLog.record(ADMIN, order, "refused: " + ErrorText.withFile(refused));
            throw refused;
        }
    }

    private Answer add(HttpServletRequest request) throws IOException {
        String name = parameter(request, "name");
        String order = "add device " + name;
        List<String> options = parameter(request, "options")
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
        try {
            devices.add(
                    name,
                    parameter(request, "driver"),
                    parameter(request, "port"),
                    parameter(request, "desc"),
                    options);
        } catch (IOException refused) {
            AuditLog.record(ADMIN, order, "refused: " + ErrorText.withFile(refused));
            throw refused;
        }
        AuditLog.record(ADMIN, order, "OK");
        return Answer.said("added");
    }

    private static FileText edited(HttpServletRequest request) throws IOException {
        String text = new String(body(request, LONGEST_TEXT), StandardCharsets.UTF_8);
        return new FileText(parameter(request, "name"), text, parameter(request, "version"));
    }

    private static String json(FileFault fault) {
        return "{\"file\": %s, \"line\": %d, \"reason\": %s, \"grave\": %b}"
                .formatted(Columns.json(fault.file()), fault.line(), Columns.json(fault.reason()), fault.grave());
    }

    private static List<String> words(HttpServletRequest request) throws IOException {
        return new String(body(request, LONGEST_TEXT), StandardCharsets.UTF_8)
                .lines()
                .collect(Collectors.toList());
    }

    private static byte[] body(HttpServletRequest request, int most) throws IOException {
        byte[] bytes = request.getInputStream().readNBytes(most + 1);
        if (bytes.length > most) throw new IOException("it is longer than %d bytes, and is not taken".formatted(most));
        return bytes;
    }

    private static String path(HttpServletRequest request) {
        return Optional.ofNullable(request.getPathInfo()).orElse("").replaceFirst("/$", "");
    }

    private static String parameter(HttpServletRequest request, String name) {
        return Optional.ofNullable(request.getParameter(name)).orElse("").strip();
    }
}
