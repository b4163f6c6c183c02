package org.cobnut.drivers.apcsmart.microlink;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.cobnut.driver.Driver;
import org.cobnut.driver.Option;
import org.cobnut.driver.Options;
import org.cobnut.driver.Session;
import org.cobnut.driver.Settings;
import org.cobnut.drivers.apcsmart.microlink.Description.Place;
import org.cobnut.drivers.apcsmart.microlink.MicrolinkSession.Order;
import org.cobnut.link.ByteLink;
import org.cobnut.link.Links;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.line.RequestLine;
import org.osgi.service.component.annotations.Component;

/** apcmicrolink: newer Smart-UPS (SMT, SMX) on their serial jack. */
@Component(property = {Driver.NAME + "=apcmicrolink", Driver.VERSION + "=0.02", Driver.EXPERIMENTAL + "=true"})
public final class ApcMicrolink implements Driver {
    private static final String NOTHING = "Taken for the sake of old files; changes nothing";
    private static final Options OPTIONS = Options.of(
            Option.choice(
                            "baudrate",
                            "Bits a second",
                            "1200",
                            "2400",
                            "4800",
                            "9600",
                            "19200",
                            "38400",
                            "57600",
                            "115200")
                    .fallback("9600"),
            Option.choice(
                            "cmdsrc",
                            "Where orders say that they come from",
                            "rj45",
                            "usb",
                            "localuser",
                            "smartslot1",
                            "internalnetwork1")
                    .fallback("rj45"),
            Option.text("showinternals", NOTHING),
            Option.text("showunmapped", NOTHING));

    private static final String OUTLETS = "2:4.B5";

    /** Bits of orders to outlets, and of the groups that they are for. */
    private static final Map<String, Integer> OUTLET_ORDERS = Map.of(
            "load.on", 0x02,
            "load.off", 0x04,
            "load.cycle", 0x10,
            "load.on.delay", 0x42,
            "load.off.delay", 0x84,
            "shutdown.return", 0x88,
            "shutdown.stayoff", 0x84,
            "shutdown.reboot", 0x10,
            "shutdown.reboot.graceful", 0x90);

    private static final List<Integer> TARGETS = List.of(8, 9, 10, 11, 19);

    /** Bits of the sources of an order: to outlets, to tests, to the UPS. */
    private static final Map<String, List<Integer>> SOURCES = Map.of(
            "rj45", List.of(14, 10, 27),
            "usb", List.of(12, 8, 28),
            "localuser", List.of(13, 9, 29),
            "smartslot1", List.of(15, 11, 30),
            "internalnetwork1", List.of(17, 13, 31));

    @Override
    public Options options() {
        return OPTIONS;
    }

    @Override
    public Session open(Settings settings, Links links) throws IOException {
        int speed = Integer.parseInt(settings.text("baudrate").orElse("9600"));
        var line = new RequestLine(links.open(ByteLink.class, settings.port(), SerialParameters.at(speed)));
        var pages = new Pages(line);
        pages.open();
        Map<String, Place> places = Description.of(pages);
        if (!places.containsKey("2:4.A")) throw new IOException("the UPS does not describe its state");
        if (pages.authenticates()) authenticate(pages, places);
        String source = settings.text("cmdsrc").orElse("rj45");
        return new MicrolinkSession(pages, places, orders(places, SOURCES.getOrDefault(source, List.of(14, 10, 27))));
    }

    /** Sums over the first page, the serial number and what the unit gives let orders in. */
    private static void authenticate(Pages pages, Map<String, Place> places) throws IOException {
        Place serial = places.get("2:4.9.40");
        Place given = places.get("2:4.8.6");
        Place wanted = places.get("2:4.8.5");
        if (serial == null || given == null || wanted == null || wanted.size() != 4) return;
        byte[] head = pages.bytes(0, 8);
        int[] sums = {head[4] & 0xff, head[3] & 0xff};
        for (byte[] bytes : List.of(head, pages.bytes(serial.at(), serial.size()), pages.bytes(given.at(), 2)))
            for (byte one : bytes) {
                sums[0] = (sums[0] + (one & 0xff)) % 255;
                sums[1] = (sums[1] + sums[0]) % 255;
            }
        pages.write(wanted.at(), new byte[] {0, 0, (byte) sums[0], (byte) sums[1]});
    }

    private static Map<String, Order> orders(Map<String, Place> places, List<Integer> source) {
        var orders = new LinkedHashMap<String, Order>();
        if (places.containsKey(OUTLETS) && places.containsKey("2:4.3E.B6")) {
            long all = 1L << TARGETS.get(0);
            for (int group = 1; group < TARGETS.size(); group++) {
                if (!places.containsKey("2:4.3D[%d].B6".formatted(group - 1))) break;
                all |= 1L << TARGETS.get(group);
                outlet(orders, "outlet.group.%d.".formatted(group), 1L << TARGETS.get(group) | 1L << source.get(0));
            }
            outlet(orders, "", all | 1L << source.get(0));
        }
        long test = 1L << source.get(1);
        long unit = 1L << source.get(2);
        orders.put("test.battery.start", new Order("2:10", 0x01 | test));
        orders.put("test.battery.stop", new Order("2:10", 0x02 | test));
        orders.put("calibrate.start", new Order("2:12", 0x01 | test));
        orders.put("calibrate.stop", new Order("2:12", 0x02 | test));
        orders.put("test.panel.start", new Order("2:4.B.3B", 0x01));
        orders.put("beeper.mute", new Order("2:4.B.3B", 0x04));
        orders.put("bypass.start", new Order("2:14", 0x10 | unit));
        orders.put("bypass.stop", new Order("2:14", 0x20 | unit));
        orders.values().removeIf(order -> !places.containsKey(order.path()));
        return orders;
    }

    private static void outlet(Map<String, Order> orders, String prefix, long bits) {
        OUTLET_ORDERS.forEach((name, order) -> orders.put(prefix + name, new Order(OUTLETS, order | bits)));
    }
}
