package org.cobnut.drivers.netxml;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.cobnut.link.http.HttpLink;
import org.cobnut.link.http.internal.HttpRecorder;
import org.cobnut.link.record.Conversation;

/** A network card: its pages in memory, as a link and as a server on loopback. */
final class XmlCard {
    private static final String PRODUCT = """
            <?xml version="1.0"?>
            <PRODUCT_INFO name="Network Management Card" type="Mosaic M" version="BA (SN 49EH29101)" protocol="XML.V3">
              <SUMMARY>
                <HTML_PROPERTIES_PAGE url="mgeups/default.htm"/>
                <XML_SUMMARY_PAGE url="upsprop.xml"/>
              </SUMMARY>
              <ALARMS><SUBSCRIPTION url="subscribe.cgi" security="basic"/></ALARMS>
              <UPS_DATA>
                <GET_OBJECT url="getvalue.cgi" security="none"/>
                <SET_OBJECT url="setvalue.cgi" security="ssl"/>
              </UPS_DATA>
            </PRODUCT_INFO>
            """;

    private final Map<String, String> objects = new TreeMap<>();
    private final Map<String, String> pages = new ConcurrentHashMap<>();
    private final Conversation conversation = new Conversation();

    XmlCard() {
        with("UPS.PowerSummary.iManufacturer", "EATON");
        with("UPS.PowerSummary.iProduct", "Eaton 9PX");
        with("UPS.PowerSummary.iModel", "6000i");
        with("UPS.PowerSummary.iSerialNumber", "G203E30025");
        with("UPS.PowerSummary.iVersion", "02.14.0034");
        with("UPS.PowerSummary.PresentStatus.ACPresent", "1");
        with("UPS.PowerSummary.PresentStatus.Charging", "1");
        with("UPS.PowerSummary.PresentStatus.Discharging", "0");
        with("UPS.PowerSummary.PresentStatus.BelowRemainingCapacityLimit", "0");
        with("UPS.PowerSummary.PresentStatus.Overload", "0");
        with("UPS.PowerSummary.PresentStatus.NeedReplacement", "0");
        with("UPS.PowerSummary.PresentStatus.CommunicationLost", "0");
        with("UPS.PowerSummary.PresentStatus.Good", "1");
        with("UPS.PowerSummary.RemainingCapacity", "100");
        with("UPS.PowerSummary.RemainingCapacityLimit", "20");
        with("UPS.PowerSummary.RunTimeToEmpty", "11520");
        with("UPS.PowerSummary.PercentLoad", "7");
        with("UPS.PowerSummary.Voltage", "198");
        with("UPS.PowerSummary.DelayBeforeShutdown", "-1");
        with("UPS.BatterySystem.Battery.Test", "4");
        with("UPS.BatterySystem.Battery.DesignCapacity", "18000");
        with("UPS.BatterySystem.Battery.AudibleAlarmControl", "2");
        with("UPS.PowerConverter.Input[1].Voltage", "243");
        with("UPS.PowerConverter.Input[1].Frequency", "50");
        with("UPS.PowerConverter.Input[1].AutomaticRestart", "1");
        with("UPS.PowerConverter.Output.PowerFactor", "46");
        with("UPS.PowerConverter.Output.Voltage", "230");
        with("UPS.PowerConverter.ConverterType", "2");
        with("UPS.OutletSystem.Outlet[1].iName", "Master");
        with("UPS.OutletSystem.Outlet[2].iName", "Group1");
        with("UPS.OutletSystem.Outlet[2].PresentStatus.Switchable", "1");
        with("UPS.OutletSystem.Outlet[2].PresentStatus.SwitchOnOff", "1");
        with("System.LastAcquisition", "2016/03/17 13:37:33");
        with("System.ShutdownDuration", "120");
        with("System.Location", "Rack & roll");
        page("/product.xml", PRODUCT);
        answers("/mgeups/product.xml", "404");
    }

    /** Gives it an object; empty for one that it tells nothing of. */
    XmlCard with(String object, String value) {
        objects.put(object, value);
        publish();
        return this;
    }

    /** Gives it a page. */
    XmlCard page(String page, String text) {
        pages.put(page, text);
        conversation.answer("GET " + page, "200 " + text);
        return this;
    }

    /** From now on it answers so instead. */
    XmlCard answers(String page, String status) {
        conversation.answer("GET " + page, status);
        return this;
    }

    private void publish() {
        page("/upsprop.xml", objects("SUMMARY", "UPS."));
        page("/getvalue.cgi", objects("GET_OBJECT", "System."));
    }

    private String objects(String root, String prefix) {
        var text = new StringBuilder("<?xml version=\"1.0\"?>\n<" + root + ">\n");
        objects.forEach((name, value) -> {
            if (name.startsWith(prefix))
                text.append("<OBJECT name=\"")
                        .append(name)
                        .append("\" access=\"RO\">")
                        .append(value.replace("&", "&amp;"))
                        .append("</OBJECT>\n");
        });
        return text.append("</").append(root).append(">\n").toString();
    }

    /** The card as a link; a page that it does not have is met with status 404. */
    HttpLink link() {
        return new HttpRecorder().replay(HttpLink.class, conversation);
    }

    /** Serves the pages on a loopback port of its own until it is stopped. */
    HttpServer serve() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        return server;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        byte[] text =
                pages.getOrDefault(path, path.equals("/") ? "<html/>" : "").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/xml");
        exchange.sendResponseHeaders(text.length == 0 ? 404 : 200, text.length == 0 ? -1 : text.length);
        exchange.getResponseBody().write(text);
        exchange.close();
    }
}
