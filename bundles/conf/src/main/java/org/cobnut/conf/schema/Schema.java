package org.cobnut.conf.schema;

import static org.cobnut.conf.schema.Keyword.fixed;
import static org.cobnut.conf.schema.Keyword.live;
import static org.cobnut.conf.schema.KeywordTable.Unknown.OPTION;
import static org.cobnut.conf.schema.KeywordTable.Unknown.TEXT;
import static org.cobnut.conf.schema.KeywordTable.Unknown.WRONG;
import static org.cobnut.conf.schema.ValueTypes.actions;
import static org.cobnut.conf.schema.ValueTypes.address;
import static org.cobnut.conf.schema.ValueTypes.choice;
import static org.cobnut.conf.schema.ValueTypes.commands;
import static org.cobnut.conf.schema.ValueTypes.filled;
import static org.cobnut.conf.schema.ValueTypes.flag;
import static org.cobnut.conf.schema.ValueTypes.integer;
import static org.cobnut.conf.schema.ValueTypes.listen;
import static org.cobnut.conf.schema.ValueTypes.password;
import static org.cobnut.conf.schema.ValueTypes.secret;
import static org.cobnut.conf.schema.ValueTypes.text;
import static org.cobnut.conf.schema.ValueTypes.whole;
import static org.cobnut.conf.schema.ValueTypes.yesNo;
import static org.cobnut.conf.schema.ValueTypes.yesNoNumber;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.cobnut.conf.text.LineSyntax;
import org.jspecify.annotations.Nullable;

/**
 * Lists the files and the keywords that they may contain (NUT's manual pages of the same names), in the order in which
 * they are read.
 */
@SuppressWarnings("ImmutableEnumChecker") // a table is records over List.of, which the checker cannot see
public enum Schema {
    NUT_CONF(
            "nut.conf",
            LineSyntax.SHELL,
            Need.MAY,
            new KeywordTable(
                    "cobnut.nut",
                    "",
                    TEXT,
                    List.of(
                            fixed(
                                            "MODE",
                                            choice(
                                                    "none",
                                                    "standalone",
                                                    "netserver",
                                                    "netclient",
                                                    "controlled",
                                                    "manual"))
                                    .unsaid("none"),
                            fixed("ALLOW_NO_DEVICE", yesNoNumber()).unsaid("false"),
                            fixed("ALLOW_NOT_ALL_LISTENERS", yesNoNumber()).unsaid("false"),
                            fixed("POWEROFF_QUIET", yesNo()).unsaid("false"),
                            fixed("COBNUT_LOCKED", yesNo()).unsaid("false"),
                            live("COBNUT_WEB_LOGIN", yesNo()).unsaid("false"),
                            live("COBNUT_WEB_LISTEN", address()).unsaid(""),
                            fixed("NUT_DEBUG_LEVEL", whole(0))),
                    List.of(),
                    List.of()),
            null,
            Title.DEVICE),
    UPSD_CONF(
            "upsd.conf",
            LineSyntax.DIRECTIVES,
            Need.MUST_IN_PRIVATE,
            new KeywordTable(
                    "cobnut.upsd",
                    "",
                    WRONG,
                    List.of(
                            live("LISTEN", listen()),
                            live("MAXAGE", whole(1)).unsaid("15"),
                            live("TRACKINGDELAY", whole(0)).unsaid("3600"),
                            live("MAXCONN", whole(1)).unsaid("0"),
                            fixed("ALLOW_NO_DEVICE", yesNoNumber()).unsaid("false"),
                            fixed("ALLOW_NOT_ALL_LISTENERS", yesNoNumber()).unsaid("false"),
                            fixed("STATEPATH", filled()),
                            fixed("DATAPATH", filled()),
                            live("CERTFILE", filled()),
                            live("CERTPATH", filled()),
                            live("CERTIDENT", secret(2, "a name and a password"))
                                    .keptIn("certident.password"),
                            live("CERTREQUEST", choice("no 0", "request 1", "require 2"))
                                    .unsaid("no"),
                            live("DISABLE_WEAK_SSL", yesNo()).unsaid("false"),
                            live("HOSTS_ALLOW", filled()).unsaid("/etc/hosts.allow"),
                            live("HOSTS_DENY", filled()).unsaid("/etc/hosts.deny"),
                            live("REQUIRELOGIN", yesNo()).unsaid("false"),
                            live("LOGIN_DELAY", whole(0)).unsaid("4"),
                            live("MAXCONN_PER_ADDRESS", whole(0)).unsaid("-1"),
                            live("MAXCONN_STRANGERS", whole(0)).unsaid("-1"),
                            live("FIRST_COMMAND", whole(1)).unsaid("10"),
                            live("DEBUG_MIN", whole(0)).inAnyCase().unsaid("0")),
                    List.of(),
                    List.of("ACCEPT", "REJECT", "ACL")),
            null,
            Title.DEVICE),
    UPSMON_CONF(
            "upsmon.conf",
            LineSyntax.DIRECTIVES,
            Need.MAY_IN_PRIVATE,
            new KeywordTable(MinSupplies.PID, "", WRONG, UpsmonDirectives.ALL, List.of(), List.of()),
            null,
            Title.DEVICE),
    UPSSCHED_CONF(
            "upssched.conf",
            LineSyntax.DIRECTIVES,
            Need.MAY,
            new KeywordTable(UpsschedDirectives.PID, "", WRONG, UpsschedDirectives.ALL, List.of(), List.of()),
            null,
            Title.DEVICE),
    MQTT_CONF(
            "mqtt.conf",
            LineSyntax.SECTIONS,
            Need.MAY_IN_PRIVATE,
            new KeywordTable("cobnut.mqtt", "", WRONG, MqttKeywords.ALL, List.of(), List.of()),
            null,
            Title.DEVICE),
    UPS_CONF(
            "ups.conf",
            LineSyntax.SECTIONS,
            Need.MUST,
            new KeywordTable(
                    "cobnut.drivers",
                    "",
                    WRONG,
                    List.of(
                            fixed("chroot", filled()),
                            live("driverpath", filled()),
                            fixed("statepath", filled()).inAnyCase(),
                            live("maxstartdelay", whole(0)).unsaid("75"),
                            live("maxretry", whole(1)).unsaid("1"),
                            live("retrydelay", whole(0)).unsaid("5"),
                            live("nowait", flag()),
                            live("pollinterval", whole(1)).unsaid("2"),
                            live("synchronous", choice("yes", "no", "auto")).unsaid("auto"),
                            fixed("user", filled()),
                            fixed("group", filled()),
                            live("debug_min", whole(0)).unsaid("0"),
                            fixed("LIBUSB_DEBUG", integer()),
                            live("reconnect_max_tries", integer()).unsaid("-1"),
                            live("reconnect_report_freq", integer())),
                    List.of(),
                    List.of()),
            new KeywordTable(
                    "cobnut.ups",
                    "ups",
                    OPTION,
                    List.of(
                            live("driver", filled()),
                            live("port", filled()),
                            live("desc", text()),
                            live("pollinterval", whole(1)).unsaid("0"),
                            live("sdorder", integer()).unsaid("0"),
                            live("sdcommands", text()),
                            live("ignorelb", flag()),
                            live("allow_killpower", flag()),
                            live("nolock", flag()),
                            live("isolation", choice("thread", "process")),
                            live("maxstartdelay", whole(0)),
                            live("maxretry", whole(1)),
                            live("retrydelay", whole(0)),
                            live("synchronous", choice("yes", "no", "auto")),
                            live("user", filled()),
                            live("group", filled()),
                            live("debug_min", whole(0)).unsaid("-1"),
                            live("LIBUSB_DEBUG", integer()),
                            live("reconnect_max_tries", integer()),
                            live("reconnect_report_freq", integer())),
                    List.of("driver", "port"),
                    List.of("sddelay")),
            Title.DEVICE),
    UPSD_USERS(
            "upsd.users",
            LineSyntax.SECTIONS,
            Need.MUST_IN_PRIVATE,
            new KeywordTable("", "", WRONG, List.of(), List.of(), List.of()),
            new KeywordTable(
                    "cobnut.user",
                    "name",
                    WRONG,
                    List.of(
                            live("password", password()).inAnyCase().firstCounts(),
                            live("certificate", filled()).inAnyCase(),
                            live("actions", actions()).inAnyCase(),
                            live("instcmds", commands()).inAnyCase(),
                            live("upsmon", choice("primary master", "secondary slave"))
                                    .inAnyCase()
                                    .withoutSign()),
                    List.of(),
                    List.of("allowfrom")),
            Title.USER),
    NOTIFY_CONF(
            "notify.conf",
            LineSyntax.SECTIONS,
            Need.MAY_IN_PRIVATE,
            new KeywordTable("", "", WRONG, List.of(), List.of(), List.of()),
            new KeywordTable(NotifyKeywords.PID, "target", OPTION, NotifyKeywords.ALL, List.of("kind"), List.of()),
            Title.TARGET);

    /** How much depends on a file. */
    public enum Need {
        MAY,
        /** It may be missing at the start, but does not vanish unnoticed later; it holds passwords. */
        MAY_IN_PRIVATE,
        /** Nothing starts without it. */
        MUST,
        /** The same, and it holds passwords. */
        MUST_IN_PRIVATE;

        public boolean secret() {
            return this == MAY_IN_PRIVATE || this == MUST_IN_PRIVATE;
        }
    }

    /** Which names a section may have. */
    public enum Title {
        /** Compared without regard to case; part of addresses and of file names. */
        DEVICE("[^\\s@:/\\\\\"\\[\\]=#]+", "UPS", "UPSes"),
        USER("[^\\[\\]]+", "user", "users"),
        TARGET("[^\\s@:/\\\\\"\\[\\]=#]+", "target", "targets");

        private final Pattern pattern;
        private final String one;
        private final String several;

        Title(String pattern, String one, String several) {
            this.pattern = Pattern.compile(pattern);
            this.one = one;
            this.several = several;
        }

        /** What a section is. */
        String noun() {
            return one;
        }

        /** So many of them, in words. */
        public String count(int sections) {
            return sections + " " + (sections == 1 ? one : several);
        }

        public boolean allows(String name) {
            return pattern.matcher(name).matches() && !(this == DEVICE && name.equalsIgnoreCase("default"));
        }

        public boolean same(String one, String other) {
            return known(one).equals(known(other));
        }

        /** The form of a name that all names have which mean the same section. */
        public String known(String name) {
            return this == DEVICE ? name.toLowerCase(Locale.ROOT) : name;
        }
    }

    private final String file;
    private final LineSyntax style;
    private final Need need;
    private final KeywordTable global;
    private final @Nullable KeywordTable section;
    private final Title title;

    Schema(String file, LineSyntax style, Need need, KeywordTable global, @Nullable KeywordTable section, Title title) {
        this.file = file;
        this.style = style;
        this.need = need;
        this.global = global;
        this.section = section;
        this.title = title;
    }

    public String file() {
        return file;
    }

    public LineSyntax style() {
        return style;
    }

    public Need need() {
        return need;
    }

    /** Tells whether NUT has no such file: then one that others may write is not read, because it names programs or rights. */
    public boolean ours() {
        return this == NOTIFY_CONF || this == MQTT_CONF;
    }

    /** What stands before the first section, or in the whole file. */
    public KeywordTable global() {
        return global;
    }

    /** What stands in a section; empty for a file without sections. */
    public Optional<KeywordTable> section() {
        return Optional.ofNullable(section);
    }

    public Title title() {
        return title;
    }
}
