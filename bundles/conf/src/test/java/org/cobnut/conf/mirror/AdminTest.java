package org.cobnut.conf.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.felix.cm.PersistenceManager;
import org.apache.felix.framework.FrameworkFactory;
import org.cobnut.conf.Site;
import org.cobnut.conf.files.NutFiles;
import org.cobnut.config.FolderListener;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.osgi.framework.Constants;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.launch.Framework;
import org.osgi.service.cm.Configuration;
import org.osgi.service.cm.ConfigurationAdmin;
import org.osgi.service.cm.ConfigurationEvent;
import org.osgi.service.cm.ConfigurationListener;
import org.osgi.service.cm.SynchronousConfigurationListener;

/** The persistence under Felix's own Configuration Admin. */
class AdminTest {
    @TempDir
    Path directory;

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private Site site;
    private Framework framework;
    private ConfigurationAdmin admin;
    private ConfigurationReloader reload;

    @BeforeEach
    void begin() throws Exception {
        site = Site.in(Files.createDirectory(directory.resolve("etc")));
        framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        directory.resolve("cache").toString(),
                        Constants.FRAMEWORK_SYSTEMPACKAGES_EXTRA,
                        "org.apache.felix.cm;version=1.2.0,org.osgi.service.cm;version=1.6.0",
                        "felix.cm.pm",
                        "cobnut"));
        framework.start();
        var context = framework.getBundleContext();
        var persistence = new NutPersistence(new NutFiles(site.directory()));
        context.registerService(
                PersistenceManager.class, persistence, FrameworkUtil.asDictionary(Map.of("name", "cobnut")));
        context.registerService(SynchronousConfigurationListener.class, this::heard, null);
        var jar = PersistenceManager.class.getProtectionDomain().getCodeSource().getLocation();
        context.installBundle(jar.toString()).start();
        admin = context.getService(context.getServiceReference(ConfigurationAdmin.class));
        var barrier = new ConfigurationEventBarrier();
        context.registerService(ConfigurationListener.class, barrier, null);
        reload = new ConfigurationReloader(
                persistence.files(), persistence.reporter(), admin, barrier, InstantSource.system());
    }

    @AfterEach
    void end() throws Exception {
        reload.stop();
        framework.stop();
        framework.waitForStop(5_000);
    }

    private void heard(ConfigurationEvent event) {
        String kind = event.getType() == ConfigurationEvent.CM_DELETED ? "deleted " : "updated ";
        if (event.getPid().startsWith("cobnut.fence.")) return;
        if (event.getType() != ConfigurationEvent.CM_LOCATION_CHANGED) events.add(kind + event.getPid());
    }

    private List<String> pids() throws Exception {
        var pids = new ArrayList<String>();
        for (Configuration configuration : admin.listConfigurations("(service.pid=cobnut.*)"))
            pids.add(configuration.getPid());
        pids.sort(null);
        return pids;
    }

    private Dictionary<String, Object> properties(String pid) throws IOException {
        return admin.getConfiguration(pid, "?").getProperties();
    }

    private void change(String pid, String key, Object value) throws IOException {
        Dictionary<String, Object> values = properties(pid);
        values.put(key, value);
        admin.getConfiguration(pid, "?").update(values);
    }

    @Test
    void tellsWhoeverListensToAFolderAtAReloadAndAfterAnEdit() throws Exception {
        var heard = new Semaphore(0);
        FolderListener listener = heard::release;
        reload.addFolder(listener, Map.of(FolderListener.FOLDER, "mappings"));
        reload.addFolder(
                () -> {
                    throw new IllegalStateException("on purpose");
                },
                Map.of(FolderListener.FOLDER, "others"));
        read();
        assertThat(heard.tryAcquire()).isTrue();
        reload.start();
        assertThat(heard.tryAcquire(2, TimeUnit.SECONDS)).isTrue();
        Files.writeString(
                Files.createDirectory(site.directory().resolve("mappings")).resolve("a.map"), "x");
        assertThat(heard.tryAcquire(2, TimeUnit.SECONDS)).isTrue();
        reload.removeFolder(listener);
        read();
        heard.drainPermits();
        read();
        assertThat(heard.tryAcquire()).isFalse();
    }

    @Test
    void showsTheFilesAsConfigurations() throws Exception {
        assertThat(pids())
                .containsExactly(
                        "cobnut.drivers",
                        "cobnut.nut",
                        "cobnut.upsd",
                        "cobnut.ups~first",
                        "cobnut.ups~second",
                        "cobnut.user~admin",
                        "cobnut.user~watcher");
        Configuration second = admin.getConfiguration("cobnut.ups~second", "?");
        assertThat(second.getFactoryPid()).isEqualTo("cobnut.ups");
        assertThat(second.getBundleLocation()).isEqualTo("?");
        assertThat(second.getProperties().get("order")).isEqualTo(1);
        assertThat(second.getProperties().get(".origin")).isEqualTo("ups.conf:13");
        assertThat(properties("cobnut.upsd").get("maxage")).isEqualTo(15);
    }

    @Test
    void writesAnUpdateIntoTheFile() throws Exception {
        change("cobnut.upsd", "maxage", 20);
        assertThat(site.read("upsd.conf")).isEqualTo(Site.GOOD.get("upsd.conf").replace("MAXAGE 15", "MAXAGE 20"));
        assertThat(events).containsExactly("updated cobnut.upsd");
        read();
        assertThat(events).hasSize(1);
    }

    @Test
    void refusesAnUpdateThatTheFileCannotHold() throws Exception {
        assertThatIOException().isThrownBy(() -> change("cobnut.upsd", "maxage", -1));
        assertThat(properties("cobnut.upsd").get("maxage")).isEqualTo(15);
    }

    @Test
    void addsAndRemovesASectionCreatedInTheConsole() throws Exception {
        Configuration created = admin.createFactoryConfiguration("cobnut.ups", "?");
        created.update(FrameworkUtil.asDictionary(Map.of("ups", "third", "driver", "dummy-ups", "port", "x.dev")));
        assertThat(site.read("ups.conf")).endsWith("[third]\n\tdriver = dummy-ups\n\tport = x.dev\n");
        read();
        assertThat(pids()).hasSize(8).contains(created.getPid());
        assertThat(created.getProperties().get("order")).isEqualTo(-1);
        events.clear();
        read();
        assertThat(events).isEmpty();
        site.edit("ups.conf", "port = x.dev", "port = y.dev");
        read();
        assertThat(events).containsExactly("updated " + created.getPid());
        created.delete();
        assertThat(site.read("ups.conf")).doesNotContain("third");
    }

    @Test
    void handsOverOnlyWhatChangedAndRemovalsLast() throws Exception {
        site.edit("ups.conf", "[second]", "[other]\ndriver = a\nport = b\n[third]");
        site.edit("upsd.users", "hidden", "changed");
        read();
        assertThat(events)
                .containsExactly(
                        "updated cobnut.ups~other",
                        "updated cobnut.ups~third",
                        "updated cobnut.user~watcher",
                        "deleted cobnut.ups~second");
        assertThat(properties("cobnut.ups~other").get("order")).isEqualTo(-2);
        assertThat(properties("cobnut.ups~third").get("order")).isEqualTo(-1);
        assertThat(properties("cobnut.ups~first").get("order")).isEqualTo(0);
        assertThat(site.read("ups.conf")).contains("[other]\ndriver = a\n");
    }

    @Test
    void tellsNobodyOfLinesThatOnlyMoved() throws Exception {
        site.edit("ups.conf", "# what we have\n", "# what we have\n# and more\n\n");
        read();
        assertThat(events).isEmpty();
    }

    @Test
    void takesTheFilesInOrderWhenAnotherIsBroken() throws Exception {
        site.edit("ups.conf", "first.dev", "better.dev");
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE soon\nMAXCONN 7");
        assertThatIOException()
                .isThrownBy(reload::reload)
                .withMessage("upsd.conf:4: MAXAGE wants a whole number above 0, not 'soon'");
        assertThat(events).containsExactly("updated cobnut.ups~first");
        assertThat(properties("cobnut.upsd").get("maxconn")).isNull();
        site.edit("upsd.conf", "MAXAGE soon", "MAXAGE 15");
        assertThat(reload.reload()).isEmpty();
        assertThat(events).containsExactly("updated cobnut.ups~first", "updated cobnut.upsd");
    }

    @Test
    void keepsASectionThatBrokeAndWhateverAFaultMayHide() throws Exception {
        site.edit("ups.conf", "\"In the cellar\"", "\"In the cellar");
        site.edit("ups.conf", "[first]", "[third]\ndriver = a\nport = b\n[first]");
        site.edit("ups.conf", "first.dev", "other.dev");
        assertThatIOException().isThrownBy(reload::reload).withMessageContaining("ups.conf:");
        assertThat(properties("cobnut.ups~first").get("port")).isEqualTo("first.dev");
        assertThat(pids()).contains("cobnut.ups~second");
        assertThat(pids()).as("what is in order counts").contains("cobnut.ups~third");
        site.edit("ups.conf", "\"In the cellar", "\"In the cellar\"");
        reload.reload();
        assertThat(properties("cobnut.ups~first").get("port")).isEqualTo("other.dev");
        assertThat(pids()).contains("cobnut.ups~third", "cobnut.ups~second");
    }

    /** Four times as many sections take four times as long, and not sixteen times; the best of three tries counts. */
    @Test
    void readsManySectionsInProportionToTheirNumber() throws Exception {
        long few = reloadNanos(500);
        long many = reloadNanos(2_000);
        assertThat((double) many / few).isLessThan(10);
    }

    private long reloadNanos(int sections) throws Exception {
        var text = new StringBuilder();
        for (int i = 0; i < sections; i++)
            text.append("[u")
                    .append(i)
                    .append("]\ndriver = a\nport = b")
                    .append(i)
                    .append('\n');
        site.write("ups.conf", text.toString());
        read();
        long best = Long.MAX_VALUE;
        for (String port : List.of("x", "y", "z")) {
            site.write("ups.conf", text.toString().replace("port = b7\n", "port = " + port + "\n"));
            events.clear();
            long since = System.nanoTime();
            read();
            best = Math.min(best, System.nanoTime() - since);
            assertThat(events).containsExactly("updated cobnut.ups~u7");
        }
        return best;
    }

    @Test
    void keepsWhatBelongsToNoFile() throws Exception {
        admin.getConfiguration("org.example", "?").update(FrameworkUtil.asDictionary(Map.of("a", "b")));
        read();
        assertThat(properties("org.example").get("a")).isEqualTo("b");
        admin.getConfiguration("org.example", "?").delete();
        assertThat(admin.listConfigurations("(service.pid=org.example)")).isNull();
    }

    @Test
    void bringsAnEditLiveWithinASecond() throws Exception {
        reload.start();
        site.edit("upsd.conf", "MAXAGE 15", "MAXAGE 16");
        assertThat(events.poll(2, TimeUnit.SECONDS)).isEqualTo("updated cobnut.upsd");
        Path fresh = Files.writeString(
                site.directory().resolve("ups.conf~"), site.read("ups.conf").replace("3", "4"));
        Files.move(fresh, site.directory().resolve("ups.conf"), StandardCopyOption.REPLACE_EXISTING);
        long since = System.nanoTime();
        assertThat(events.poll(2, TimeUnit.SECONDS)).isEqualTo("updated cobnut.drivers");
        assertThat(System.nanoTime() - since).isLessThan(1_000_000_000L);
    }

    @Test
    void waitsForAFileThatWasMovedAwayForAMoment() throws Exception {
        reload.start();
        Path file = site.directory().resolve("upsd.users");
        Files.move(file, file.resolveSibling("upsd.users~"));
        assertThat(events.poll(300, TimeUnit.MILLISECONDS)).isNull();
        site.write("upsd.users", Site.GOOD.get("upsd.users").replace("hidden", "found"));
        assertThat(events.poll(2, TimeUnit.SECONDS)).isEqualTo("updated cobnut.user~watcher");
        assertThat(events.poll(300, TimeUnit.MILLISECONDS)).isNull();
    }

    @Test
    void saysWhatCountsFromTheNextStartOnly() throws Exception {
        assertThat(reload.reload()).isEmpty();
        site.write("upsd.conf", "MAXAGE 24\nDATAPATH /elsewhere\n");
        assertThat(reload.reload()).containsExactly("upsd.conf: DATAPATH");
        assertThat(reload.reload()).as("asked again").containsExactly("upsd.conf: DATAPATH");
        site.write("upsd.conf", "MAXAGE nonsense\n");
        assertThatIOException().isThrownBy(reload::reload).withMessageContaining("upsd.conf:1");
        assertThat(properties("cobnut.upsd").get("maxage")).isEqualTo(24);
        site.write("upsd.conf", Site.GOOD.get("upsd.conf"));
        assertThat(reload.reload()).isEmpty();
    }

    @Test
    void aReloadIsOverWhenEverybodyHasHeardOfIt() throws Exception {
        var slow = new ArrayList<String>();
        ConfigurationListener listener = event -> {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(200));
            slow.add(event.getPid());
        };
        framework.getBundleContext().registerService(ConfigurationListener.class, listener, null);
        site.write("upsd.conf", "MAXAGE 24\n");
        read();
        assertThat(slow).contains("cobnut.upsd");
        assertThat(pids()).noneMatch(pid -> pid.contains("fence"));
    }

    /** Reads the files; what is refused is told by the log, and by what is in force afterwards. */
    private void read() {
        try {
            reload.reload();
        } catch (IOException refused) {
            assertThat(refused).hasMessageMatching("(?s).*\\w: .+");
        }
    }
}
