package org.cobnut.upsd.config;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;
import org.osgi.service.metatype.annotations.Option;

/** What upsd.conf says of the server, with NUT's defaults. */
@ObjectClassDefinition(
        name = "upsd.conf: the server",
        description = "Serves this machine's devices over NUT's protocol. Only a change of LISTEN closes connections.")
public @interface UpsdConfig {
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
            description = "Folder of a cmdvartab with further descriptions; counts from the next start")
    String datapath() default "";

    @AttributeDefinition(
            name = "CERTFILE",
            required = false,
            description = "Our certificate with its chain and its key, in PEM; TLS is offered with it. Its edits count")
    String certfile() default "";

    @AttributeDefinition(
            name = "CERTPATH",
            required = false,
            description = "Certificates of trusted authorities for clients: a directory of hashed names or a "
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
            description = "Accepted for compatibility with NUT: TLS 1.2 is the least in any case")
    boolean disable_weak_ssl() default false;

    @AttributeDefinition(
            name = "HOSTS_ALLOW",
            required = false,
            description = "File of the clients that may log in, in the form of hosts_access(5); an edit counts at once")
    String hosts_allow() default "/etc/hosts.allow";

    @AttributeDefinition(
            name = "HOSTS_DENY",
            required = false,
            description = "File of the clients that may not, unless HOSTS_ALLOW admits them; an edit counts at once")
    String hosts_deny() default "/etc/hosts.deny";

    @AttributeDefinition(
            name = "REQUIRELOGIN",
            description = "Whether reading, too, needs a user and a password, except from this machine")
    boolean requirelogin() default false;

    @AttributeDefinition(
            name = "LOGIN_DELAY",
            min = "0",
            description = "Most seconds that the answer to a wrong password is delayed, beyond ten a minute from one "
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
            description = "Most of them without a login; one more closes the oldest; 0 for no limit, "
                    + "-1 for three eighths of those that there is room for, 1500 at most")
    int maxconn_strangers() default -1;

    @AttributeDefinition(
            name = "FIRST_COMMAND",
            min = "1",
            description = "Seconds that a new connection may take for its first command; 60 at most count")
    int first_command() default 10;
}
