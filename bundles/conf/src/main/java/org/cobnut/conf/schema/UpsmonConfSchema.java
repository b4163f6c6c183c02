package org.cobnut.conf.schema;

import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.AttributeType;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** upsmon.conf as a form. */
@ObjectClassDefinition(
        pid = MinSupplies.PID,
        name = "upsmon.conf: the monitor",
        description = "Which UPSes feed this machine, whom to tell, and how to shut down. Every change counts at once.")
public @interface UpsmonConfSchema {
    @AttributeDefinition(
            name = "MONITOR",
            type = AttributeType.PASSWORD,
            required = false,
            description = "One a line: UPS@HOST, power value, user, password, primary or secondary. Hidden, "
                    + "because each holds a password")
    String[] monitor() default {};

    @AttributeDefinition(name = "MINSUPPLIES", min = "0", description = "Power value that must be left; 0 only watches")
    int minsupplies() default 1;

    @AttributeDefinition(
            name = "SHUTDOWNCMD",
            required = false,
            description = "Shuts this machine down; run by a shell")
    String[] shutdowncmd() default {};

    @AttributeDefinition(name = "NOTIFYCMD", required = false, description = "Told of notices with the flag EXEC")
    String[] notifycmd() default {};

    @AttributeDefinition(
            name = "NOTIFYMSG",
            required = false,
            description = "Texts of notices, one a line: TYPE \"TEXT\"")
    String[] notifymsg() default {};

    @AttributeDefinition(
            name = "NOTIFYFLAG",
            required = false,
            description = "Ways of notices, one a line: TYPE FLAG+FLAG of SYSLOG, WALL, EXEC, IGNORE")
    String[] notifyflag() default {};

    @AttributeDefinition(name = "POLLFREQ", min = "1", description = "Seconds between two looks at a UPS")
    int pollfreq() default 5;

    @AttributeDefinition(name = "POLLFREQALERT", min = "1", description = "The same while one is on battery")
    int pollfreqalert() default 5;

    @AttributeDefinition(
            name = "DEADTIME",
            min = "0",
            description = "Seconds after which a UPS lost on battery is dead")
    int deadtime() default 15;

    @AttributeDefinition(
            name = "HOSTSYNC",
            min = "0",
            description = "Seconds for which a primary waits for secondaries")
    int hostsync() default 15;

    @AttributeDefinition(
            name = "FINALDELAY",
            min = "0",
            description = "Seconds between the last notice and SHUTDOWNCMD")
    int finaldelay() default 5;

    @AttributeDefinition(name = "NOCOMMWARNTIME", min = "1", description = "Seconds between notices of a lost UPS")
    int nocommwarntime() default 300;

    @AttributeDefinition(name = "RBWARNTIME", min = "1", description = "Seconds between notices of a weak battery")
    int rbwarntime() default 43200;

    @AttributeDefinition(name = "OFFDURATION", description = "Seconds of OFF that are critical; negative for never")
    int offduration() default 30;

    @AttributeDefinition(name = "OVERDURATION", description = "Seconds of OVER that are, if lost then; negative: never")
    int overduration() default -1;

    @AttributeDefinition(name = "OBLBDURATION", description = "Seconds of OB and LB before they are critical")
    int oblbduration() default 0;

    @AttributeDefinition(name = "ALARMCRITICAL", description = "Whether a UPS lost in alarm is critical")
    boolean alarmcritical() default true;

    @AttributeDefinition(name = "SHUTDOWNEXIT", description = "Seconds to stay after SHUTDOWNCMD; negative for ever")
    int shutdownexit() default 0;

    @AttributeDefinition(name = "POWERDOWNFLAG", required = false, description = "File that orders the late power-off")
    String powerdownflag() default "";

    @AttributeDefinition(
            name = "READINGS",
            min = "1",
            description = "Readings in a row that must agree before a shutdown; NUT's way is 1")
    int parsedFiles() default 2;

    @AttributeDefinition(
            name = "LOSTATONCE",
            description = "NUT's way: a UPS lost in CAL, BYPASS, OFF or ALARM is critical at once")
    boolean lostatonce() default false;

    @AttributeDefinition(
            name = "CERTPATH",
            required = false,
            description = "Authorities to trust: a file or directory of PEM, or a database of NSS")
    String certpath() default "";

    @AttributeDefinition(name = "CERTFILE", required = false, description = "Our own certificate and key, in PEM")
    String certfile() default "";

    @AttributeDefinition(
            name = "CERTIDENT",
            type = AttributeType.PASSWORD,
            required = false,
            description = "Two lines: the name of our certificate, and the password of its key")
    String[] certident_password() default {};

    @AttributeDefinition(
            name = "CERTHOST",
            required = false,
            description = "One a line: HOST \"NAME OF ITS CERTIFICATE\" CERTVERIFY FORCESSL, each 0, 1 or -1")
    String[] certhost() default {};

    @AttributeDefinition(name = "CERTVERIFY", description = "Whether only servers are asked that CERTPATH vouches for")
    boolean certverify() default false;

    @AttributeDefinition(name = "FORCESSL", description = "Whether there is no connection without TLS")
    boolean forcessl() default false;
}
