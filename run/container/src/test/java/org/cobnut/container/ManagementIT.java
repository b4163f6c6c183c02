package org.cobnut.container;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.cobnut.testkit.Started;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Felix Health Checks and tools for JMX tell of a Cobnut with its console. */
class ManagementIT {
    @TempDir
    private static Path directory;

    private static Console console;

    @BeforeAll
    static void start() throws Exception {
        console = Console.start(directory);
        await("nutctl health", "start +OK.*");
    }

    @AfterAll
    static void stop() {
        console.close();
    }

    private static List<String> nutctl(String... words) throws Exception {
        try (Started said = console.cobnut().start("nutctl", words)) {
            return said.awaitEnd();
        }
    }

    private static void await(String what, String line) throws Exception {
        for (int i = 0; nutctl("health").stream().noneMatch(each -> each.matches(line)); i++)
            assertThat(i).as(what).isLessThan(60);
    }

    @Test
    void felixHealthChecksAgreeWithNutctlHealth() throws Exception {
        Set<String> told = nutctl("health").stream()
                .filter(line -> line.matches("(device|start|shutdown|certificate).*"))
                .map(line -> line.replaceFirst(" +(OK|WARN|CRITICAL) .*", ""))
                .collect(Collectors.toSet());
        assertThat(told).contains("device demo", "device repeated", "start", "shutdown");
        String all = console.get("healthcheck?tags=nut").body();
        assertThat(told).allSatisfy(subject -> assertThat(all).contains(subject + ": "));
        assertThat(console.get("healthcheck?tags=systemready").body())
                .contains("start: well")
                .doesNotContain("device demo: ");
    }

    @Test
    @SuppressWarnings("BanJNDI") // what it attaches to is a process of this test
    void aToolForJmxReadsTheServerAndItsDevicesAndNoPassword() throws Exception {
        var machine =
                VirtualMachine.attach(Long.toString(console.run().process().pid()));
        String address = machine.startLocalManagementAgent();
        machine.detach();
        try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(address))) {
            MBeanServerConnection server = connector.getMBeanServerConnection();
            var demo = new ObjectName("org.cobnut:type=Device,name=\"demo\"");
            assertThat(server.getAttribute(demo, "Status")).isEqualTo("OL");
            assertThat(server.getAttribute(demo, "Health")).isEqualTo("fresh");
            var values = (TabularData) server.getAttribute(demo, "Variables");
            assertThat(values.values().toString()).contains("battery.charge", "97");
            var repeated = new ObjectName("org.cobnut:type=Device,name=\"repeated\"");
            assertThat(String.valueOf(server.getAttribute(repeated, "Variables")))
                    .doesNotContain(Console.UPSTREAM);
            var own = new ObjectName("org.cobnut:type=Server");
            assertThat((String[]) server.getAttribute(own, "Devices")).contains("demo", "repeated");
            assertThat(String.valueOf(server.getAttribute(own, "Health"))).contains("device demo", "OK");
            assertThat(server.getAttribute(
                            new ObjectName("org.apache.felix.healthcheck:type=HealthCheck,name=systemready"), "status"))
                    .isEqualTo("OK");
        }
    }
}
