package org.cobnut.upsd;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.cobnut.access.Authentication;
import org.cobnut.access.NameDescriptions;
import org.cobnut.access.UserAuthenticator;
import org.cobnut.conf.watch.FileStamps;
import org.cobnut.conf.watch.FileWatcher;
import org.cobnut.lifecycle.ProgramControl;
import org.cobnut.upsd.access.Authenticator;
import org.cobnut.upsd.access.HostAccessFiles;
import org.cobnut.upsd.access.User;
import org.cobnut.upsd.access.Users;
import org.cobnut.upsd.config.AddressFamily;
import org.cobnut.upsd.config.Capacity;
import org.cobnut.upsd.config.Limits;
import org.cobnut.upsd.config.ListenAddress;
import org.cobnut.upsd.config.Quotas;
import org.cobnut.upsd.config.UpsdConfig;
import org.cobnut.upsd.net.ConnectionLimiter;
import org.cobnut.upsd.net.Server;
import org.cobnut.upsd.protocol.Descriptions;
import org.cobnut.upsd.protocol.PrivilegedCommands;
import org.cobnut.upsd.protocol.Queries;
import org.cobnut.upsd.protocol.RequestHandler;
import org.cobnut.upsd.protocol.Tracking;
import org.cobnut.upsd.protocol.UserRequests;
import org.cobnut.upsd.registry.UpsRegistry;
import org.cobnut.upsd.tls.Tls;
import org.cobnut.upsd.tls.TlsSettings;
import org.cobnut.wire.ErrorText;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleContext;
import org.osgi.framework.InvalidSyntaxException;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.ConfigurationPolicy;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Modified;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server as upsd.conf configures it. An edit of LISTEN restarts it; any other edit keeps all connections. */
@Designate(ocd = UpsdConfig.class)
@Component(
        service = {Upsd.class, UserAuthenticator.class, NameDescriptions.class},
        immediate = true,
        configurationPid = Upsd.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Upsd implements UserAuthenticator, NameDescriptions {
    static final String PID = "cobnut.upsd";

    private static final Logger log = LoggerFactory.getLogger(Upsd.class);
    private static final int LOOK_AT_CAPACITY = 10;

    private final UpsRegistry registry;
    private final Server server;
    private final Descriptions descriptions;
    private final UserRequests requests;
    private final Authenticator authenticator;
    private final HostAccessFiles hosts = new HostAccessFiles();
    private final FileWatcher hostWatcher =
            new FileWatcher("upsd-hosts", hosts::files, FileStamps.NONE, this::lookAtHosts);
    private final AddressFamily family;
    private final Path directory;
    private final ConfigurationAdmin configurations;
    private final Tls tls = new Tls();
    private volatile Capacity capacity;
    private int seconds;
    private volatile Limits limits;
    private volatile Quotas quotas;
    private volatile UpsdConfig config;
    private volatile List<ListenAddress> listening = List.of();

    /**
     * Starts the server. The log says why it cannot start; then the launcher ends the framework if it asked for that,
     * else the next edit of the configuration is another chance.
     */
    @Activate
    public Upsd(
            UpsdConfig config,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL) @Nullable ProgramControl launcher,
            @Reference UpsRegistry registry,
            @Reference Users users,
            @Reference ConfigurationAdmin configurations,
            BundleContext context) {
        this.registry = registry;
        this.config = config;
        this.configurations = configurations;
        directory = Path.of(Objects.requireNonNullElse(context.getProperty("cobnut.confpath"), ""));
        family = AddressFamily.of(context.getProperty("cobnut.upsd.family"));
        capacity = Capacity.ofThisProcess(0);
        limits = Limits.of(config, capacity);
        quotas = Quotas.of(config, capacity);
        lookAtHosts();
        authenticator = new Authenticator(users, hosts::rules, () -> quotas, System::nanoTime);
        descriptions = new Descriptions(
                Optional.of(config.datapath()).filter(path -> !path.isEmpty()).map(path -> Path.of(path, "cmdvartab")));
        RequestHandler.Service service = service();
        requests = new UserRequests(service);
        server = new Server(
                connection -> new RequestHandler(service, connection.address(), connection::close),
                tls,
                new ConnectionLimiter(() -> quotas, () -> limits));
        try {
            capacity.check();
            tellOfMaxconn();
            if (!allowed("ALLOW_NO_DEVICE", config.allow_no_device())
                    && registry.listed().isEmpty()
                    && found("(service.factoryPid=cobnut.ups)").isEmpty())
                throw new IOException("at least one UPS must be defined in ups.conf");
            tls.configure(TlsSettings.of(config, directory, certident()));
            listen(config);
        } catch (IOException | InvalidPathException hopeless) {
            log.error("Fatal error: {}", ErrorText.withFile(hopeless));
            if (launcher != null) launcher.fail();
        }
        hostWatcher.start();
        server.everySecond(this::eachSecond);
    }

    @Modified
    void modified(UpsdConfig config) {
        this.config = config;
        limit();
        tellOfMaxconn();
        try {
            tls.configure(TlsSettings.of(config, directory, certident()));
        } catch (IOException | InvalidPathException wrong) {
            log.error("TLS: {}; it stays as it was", ErrorText.withFile(wrong));
        }
        try {
            if (!wanted(config).equals(listening)) listen(config);
        } catch (IOException refused) {
            log.error("{}; the server still listens on the addresses of before", ErrorText.withFile(refused));
        }
    }

    @Deactivate
    void stop() {
        hostWatcher.close();
        server.close();
        tls.close();
        authenticator.close();
    }

    @Override
    public CompletionStage<Authentication> authenticate(String user, String password, String address) {
        return requests.authenticate(user, password, address);
    }

    @Override
    public Optional<String> ofVariable(String name) {
        return descriptions.ofVariable(name);
    }

    @Override
    public Optional<String> ofCommand(String name) {
        return descriptions.ofCommand(name);
    }

    private void lookAtHosts() {
        try {
            hosts.look(Path.of(config.hosts_allow()), Path.of(config.hosts_deny()));
        } catch (InvalidPathException wrong) {
            log.error(
                    "upsd.conf: HOSTS_ALLOW or HOSTS_DENY is not a path: {}; the rules of before stay in force",
                    ErrorText.of(wrong));
        }
    }

    /**
     * CERTIDENT. It is secret, so the properties of the component do not have it, and it is read from Configuration
     * Admin.
     */
    private List<String> certident() throws IOException {
        for (Configuration own : found("(service.pid=" + PID + ")"))
            return List.of(User.texts(own.getProperties().get("certident.password")));
        return List.of();
    }

    /**
     * Whether an option is set: by the environment, else by nut.conf, whose values the start scripts of NUT put there,
     * else by upsd.conf.
     */
    private boolean allowed(String name, boolean said) throws IOException {
        Object word = System.getenv(name);
        for (Configuration nut : found("(service.pid=cobnut.nut)"))
            if (word == null)
                word = nut.getProperties().get(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        if (word == null) return said;
        String text = String.valueOf(word).toLowerCase(Locale.ROOT);
        return List.of("true", "on", "yes").contains(text) || text.matches("[+-]?0*[1-9]\\d*");
    }

    private void listen(UpsdConfig config) throws IOException {
        List<ListenAddress> wanted = wanted(config);
        server.listen(wanted, allowed("ALLOW_NOT_ALL_LISTENERS", config.allow_not_all_listeners()));
        listening = wanted;
        judge();
    }

    private List<ListenAddress> wanted(UpsdConfig config) throws IOException {
        return family.limit(ListenAddress.all(List.of(config.listen())), config.listen().length > 0);
    }

    private void judge() {
        if (!listening.isEmpty()) registry.judge(limits.maxageNanos());
    }

    private void eachSecond() {
        judge();
        // Drivers open and close file descriptors. Counting them takes a moment, so no event loop does it.
        if (++seconds % LOOK_AT_CAPACITY == 0) CompletableFuture.runAsync(this::lookAtCapacity);
    }

    private void lookAtCapacity() {
        Capacity now = Capacity.ofThisProcess(server.connections()).orLeast();
        if (now.equals(capacity)) return;
        capacity = now;
        limit();
    }

    private void limit() {
        limits = Limits.of(config, capacity);
        quotas = Quotas.of(config, capacity);
        server.updateAccepting();
    }

    private void tellOfMaxconn() {
        if (config.maxconn() > limits.connections())
            log.warn(
                    "MAXCONN {} is more than this process has room for: {} connections are allowed. Raise the limit of open files (ulimit -n, "
                            + "LimitNOFILE) or COBNUT_HEAP",
                    config.maxconn(),
                    limits.connections());
    }

    private RequestHandler.Service service() {
        var tracking = new Tracking(System::nanoTime);
        return new RequestHandler.Service(
                registry,
                new Queries(registry, descriptions, () -> limits),
                new PrivilegedCommands(tracking, () -> limits),
                tracking,
                () -> limits,
                authenticator);
    }

    private List<Configuration> found(String filter) throws IOException {
        try {
            Configuration[] found = configurations.listConfigurations(filter);
            return found == null ? List.of() : List.of(found);
        } catch (InvalidSyntaxException impossible) {
            throw new AssertionError(impossible);
        }
    }
}
