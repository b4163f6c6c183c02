package org.cobnut.upsd;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.Designate;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The server as upsd.conf configures it. An edit of LISTEN restarts it; any other edit keeps every connection. */
@Designate(ocd = Upsd.Config.class)
@Component(
        service = Upsd.class,
        immediate = true,
        configurationPid = Upsd.PID,
        configurationPolicy = ConfigurationPolicy.REQUIRE)
public final class Upsd {
    static final String PID = "cobnut.upsd";

    @ObjectClassDefinition(
            name = "upsd.conf: the server",
            description =
                    "Serves this machine's devices over NUT's protocol. Only a change of LISTEN closes connections.")
    @interface Config {
        @AttributeDefinition(
                name = "LISTEN",
                required = false,
                description = "Where to listen, one a line: ADDRESS [PORT], or * for everywhere; "
                        + "none for this machine only. A change restarts the server")
        String[] listen() default {};

        @AttributeDefinition(
                name = "MAXAGE",
                min = "1",
                description = "Seconds without news after which a device's data are stale")
        int maxage() default 15;

        @AttributeDefinition(
                name = "TRACKINGDELAY",
                min = "0",
                description = "Seconds for which the outcome of a followed SET or INSTCMD is kept")
        int trackingdelay() default 3600;

        @AttributeDefinition(
                name = "MAXCONN",
                min = "0",
                description = "Most connections at a time; 0 for as many as descriptors and memory allow")
        int maxconn() default 0;

        @AttributeDefinition(
                name = "ALLOW_NO_DEVICE",
                description = "Start with no device at all; counts from the next start")
        boolean allow_no_device() default false;

        @AttributeDefinition(
                name = "ALLOW_NOT_ALL_LISTENERS",
                description = "Start when only some addresses can be listened on; counts from the next start")
        boolean allow_not_all_listeners() default false;

        @AttributeDefinition(
                name = "DATAPATH",
                required = false,
                description = "Where a cmdvartab with further descriptions may lie; counts from the next start")
        String datapath() default "";

        @AttributeDefinition(
                name = "CERTFILE",
                required = false,
                description =
                        "Our certificate with its chain and its key, in PEM; TLS is offered with it. Its edits count")
        String certfile() default "";

        @AttributeDefinition(
                name = "CERTPATH",
                required = false,
                description = "Certificates of authorities whose clients are trusted: a directory of hashed names or a "
                        + "file in PEM; or a database of NSS")
        String certpath() default "";

        @AttributeDefinition(
                name = "CERTIDENT",
                required = false,
                type = AttributeType.PASSWORD,
                description = "The name that our certificate has, and the password of its key. Hidden")
        String[] certident_password() default {};

        @AttributeDefinition(
                name = "CERTREQUEST",
                options = {@Option(value = "no"), @Option(value = "request"), @Option(value = "require")},
                description = "Whether clients are asked for a certificate, or need one")
        String certrequest() default "no";

        @AttributeDefinition(
                name = "DISABLE_WEAK_SSL",
                description = "Taken for NUT's sake: there is nothing below TLS 1.2 in any case")
        boolean disable_weak_ssl() default false;

        @AttributeDefinition(
                name = "HOSTS_ALLOW",
                required = false,
                description = "Who may do what needs a login, in the form of hosts_access(5); an edit counts at once")
        String hosts_allow() default "/etc/hosts.allow";

        @AttributeDefinition(
                name = "HOSTS_DENY",
                required = false,
                description = "Who may not, unless HOSTS_ALLOW says otherwise; an edit counts at once")
        String hosts_deny() default "/etc/hosts.deny";

        @AttributeDefinition(
                name = "REQUIRELOGIN",
                description = "Whether reading, too, needs a user and a password, except from this machine")
        boolean requirelogin() default false;

        @AttributeDefinition(
                name = "LOGIN_DELAY",
                min = "0",
                description =
                        "Most seconds for which a wrong password beyond ten a minute waits for its answer, from one "
                                + "address or for one user; 0 for no limit at all")
        int login_delay() default 4;

        @AttributeDefinition(
                name = "MAXCONN_PER_ADDRESS",
                min = "-1",
                description = "Most connections of one address at a time; 0 for no limit, "
                        + "-1 for half of those that there is room for, 2000 at most")
        int maxconn_per_address() default -1;

        @AttributeDefinition(
                name = "MAXCONN_STRANGERS",
                min = "-1",
                description = "Most of them that have not logged in; one more drives out the oldest; 0 for no limit, "
                        + "-1 for three eighths of those that there is room for, 1500 at most")
        int maxconn_strangers() default -1;

        @AttributeDefinition(
                name = "FIRST_COMMAND",
                min = "1",
                description = "Seconds that a new connection may take for its first command; 60 at most count")
        int first_command() default 10;
    }

    private static final Logger log = LoggerFactory.getLogger(Upsd.class);
    private static final int LOOK_AT_CAPACITY = 10;

    private final Inventory inventory;
    private final Server server;
    private final Admission admission;
    private final HostFiles hosts = new HostFiles();
    private final Family family;
    private final Path directory;
    private final ConfigurationAdmin configurations;
    private final Tls tls = new Tls();
    private volatile Capacity capacity;
    private int seconds;
    private volatile Limits limits;
    private volatile Quotas quotas;
    private volatile Config config;
    private volatile List<ListenAddress> listening = List.of();

    /**
     * Starts to serve. What keeps it from that is logged; where the launcher asked for it, the framework stops then,
     * elsewhere the next edit of the configuration is another chance.
     */
    @Activate
    public Upsd(
            Config config,
            @Reference(cardinality = ReferenceCardinality.OPTIONAL, target = "(cobnut.fatal=true)") @Nullable
                    Runnable launcher,
            @Reference Inventory inventory,
            @Reference Users users,
            @Reference ConfigurationAdmin configurations,
            BundleContext context) {
        this.inventory = inventory;
        this.config = config;
        this.configurations = configurations;
        directory = Path.of(Objects.requireNonNullElse(context.getProperty("cobnut.confpath"), ""));
        family = Family.of(context.getProperty("cobnut.upsd.family"));
        capacity = Capacity.ofThisProcess(0);
        limits = Limits.of(config, capacity);
        quotas = Quotas.of(config, capacity);
        lookAtHosts();
        admission = new Admission(users, hosts::rules, this::lookAtHosts, () -> quotas, System::nanoTime);
        server = server(config);
        try {
            capacity.check();
            tellOfMaxconn();
            if (!allowed("ALLOW_NO_DEVICE", config.allow_no_device())
                    && inventory.listed().isEmpty()
                    && found("(service.factoryPid=cobnut.ups)").isEmpty())
                throw new IOException("at least one UPS must be defined in ups.conf");
            tls.configure(TlsSettings.of(config, directory, certident()));
            listen(config);
        } catch (IOException | InvalidPathException hopeless) {
            log.error("Fatal error: {}", hopeless.getMessage());
            if (launcher != null) launcher.run();
        }
        server.everySecond(this::eachSecond);
    }

    @Modified
    void modified(Config config) {
        this.config = config;
        limit();
        tellOfMaxconn();
        try {
            tls.configure(TlsSettings.of(config, directory, certident()));
        } catch (IOException | InvalidPathException wrong) {
            log.error("TLS: {}; it stays as it was", wrong.getMessage());
        }
        try {
            if (!wanted(config).equals(listening)) listen(config);
        } catch (IOException refused) {
            log.error("{}; nothing is changed, the addresses of before are still listened on", refused.getMessage());
        }
    }

    @Deactivate
    void stop() {
        server.close();
        tls.close();
        admission.close();
    }

    private void lookAtHosts() {
        try {
            hosts.look(Path.of(config.hosts_allow()), Path.of(config.hosts_deny()));
        } catch (InvalidPathException wrong) {
            log.error("{}", wrong.getMessage());
        }
    }

    /** CERTIDENT, which is secret and so is told to nobody who does not ask. */
    private List<String> certident() throws IOException {
        for (Configuration own : found("(service.pid=" + PID + ")"))
            return List.of(User.texts(own.getProperties().get("certident.password")));
        return List.of();
    }

    /** What the environment says counts, else what nut.conf says, which NUT's start scripts put there; else upsd.conf. */
    private boolean allowed(String name, boolean said) throws IOException {
        Object word = System.getenv(name);
        for (Configuration nut : found("(service.pid=cobnut.nut)"))
            if (word == null)
                word = nut.getProperties().get(name.toLowerCase(Locale.ROOT).replace('_', '.'));
        if (word == null) return said;
        String text = String.valueOf(word).toLowerCase(Locale.ROOT);
        return List.of("true", "on", "yes").contains(text) || text.matches("[+-]?0*[1-9]\\d*");
    }

    private void listen(Config config) throws IOException {
        List<ListenAddress> wanted = wanted(config);
        server.listen(wanted, allowed("ALLOW_NOT_ALL_LISTENERS", config.allow_not_all_listeners()));
        listening = wanted;
        judge();
    }

    private List<ListenAddress> wanted(Config config) throws IOException {
        return family.limit(ListenAddress.all(List.of(config.listen())), config.listen().length > 0);
    }

    private void judge() {
        if (!listening.isEmpty()) inventory.judge(limits.maxageNanos());
    }

    private void eachSecond() {
        judge();
        // Drivers come and go with their descriptors. To count these may take a moment, and no event loop waits.
        if (++seconds % LOOK_AT_CAPACITY == 0) CompletableFuture.runAsync(this::lookAtCapacity);
    }

    private void lookAtCapacity() {
        Capacity now = Capacity.ofThisProcess(server.connections());
        if (now.equals(capacity)) return;
        capacity = now;
        limit();
    }

    private void limit() {
        limits = Limits.of(config, capacity);
        quotas = Quotas.of(config, capacity);
        server.turnGates();
    }

    private void tellOfMaxconn() {
        if (config.maxconn() > limits.connections())
            log.warn(
                    "MAXCONN {} is more than there is room for: {} connections may be; raise the limit of open files (ulimit -n, "
                            + "LimitNOFILE) or COBNUT_HEAP",
                    config.maxconn(),
                    limits.connections());
    }

    private Server server(Config config) {
        Optional<Path> cmdvartab =
                config.datapath().isEmpty() ? Optional.empty() : Optional.of(Path.of(config.datapath(), "cmdvartab"));
        var tracking = new Tracking(System::nanoTime);
        var service = new Dialogue.Service(
                inventory,
                new Queries(inventory, new Descriptions(cmdvartab), () -> limits),
                new Orders(inventory, tracking, () -> limits),
                tracking,
                () -> limits,
                admission);
        return new Server(
                connection -> new Dialogue(service, connection.address(), connection::close),
                tls,
                new ConnectionLimiter(() -> quotas, () -> limits));
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
