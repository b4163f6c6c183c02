package org.cobnut.conf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.cobnut.conf.files.NutFiles;

/** A directory with NUT's four files, all in order. */
public record Site(Path directory) {
    public static final Map<String, String> GOOD = Map.of(
            "nut.conf", "MODE=standalone\n",
            "ups.conf", """
                    # what we have
                    pollinterval = 3

                    [first] # the old one
                    	driver = "dummy-ups"   # quoted
                    	port = first.dev
                    	desc = "In the cellar"

                    	mode = dummy-once
                    	ignorelb

                    # and the new one
                    [second]
                      driver = usbhid-ups
                      port = auto
                      vendorid = 051d
                    """,
            "upsd.conf", """
                    # who may come
                    LISTEN 127.0.0.1 3493   # IPv4
                    LISTEN ::1
                    MAXAGE 15
                    """,
            "upsd.users", """
                    [admin]
                      password = "s3cret"
                      actions = SET
                      actions = FSD
                      instcmds = ALL
                    [watcher]
                      password = hidden
                      upsmon primary
                    """);

    public static Site in(Path directory) throws IOException {
        var site = new Site(directory);
        for (Map.Entry<String, String> file : GOOD.entrySet()) site.write(file.getKey(), file.getValue());
        for (String name : List.of("upsd.conf", "upsd.users"))
            Files.setPosixFilePermissions(directory.resolve(name), PosixFilePermissions.fromString("rw-r-----"));
        return site;
    }

    /** Files that were read and are in force. */
    public NutFiles files() {
        var files = new NutFiles(directory);
        files.adopt(files.readDisk());
        return files;
    }

    public void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    /** The same file with one passage replaced, which must be there. */
    public void edit(String name, String old, String fresh) throws IOException {
        String text = read(name);
        if (!text.contains(old)) throw new AssertionError(name + " holds no " + old);
        write(name, text.replace(old, fresh));
    }

    public String read(String name) throws IOException {
        return Files.readString(directory.resolve(name), StandardCharsets.UTF_8);
    }
}
