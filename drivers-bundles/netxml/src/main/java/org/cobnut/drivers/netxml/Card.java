package org.cobnut.drivers.netxml;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.cobnut.link.http.HttpException;
import org.cobnut.link.http.HttpLink;

/** A card, and where it says that its pages are. */
final class Card {
    /** The object that stands for what the product page says of the card itself. */
    static final String CARD = "card";

    static final String CARD_SERIAL = "card.serial";

    private static final List<String> PRODUCT_PAGES = List.of("/mgeups/product.xml", "/product.xml", "/ws/product.xml");
    private static final String PRODUCT = "PRODUCT_INFO";
    private static final String SERIAL = " (SN ";

    private final HttpLink link;
    private final String product;
    private Optional<String> objects = Optional.empty();
    private Optional<String> summary = Optional.empty();

    private Card(HttpLink link, String product) {
        this.link = link;
        this.product = product;
    }

    /** Looks for the product page of a card. */
    static Card find(HttpLink link) throws IOException {
        var reasons = new ArrayList<String>();
        for (String page : PRODUCT_PAGES) {
            try {
                var card = new Card(link, page);
                if (card.readProduct().root().equals(PRODUCT)) return card;
                reasons.add(page + ": it is no product page");
            } catch (HttpException missing) {
                if (missing.status() == 401 || missing.status() == 403) throw missing;
                reasons.add(missing.getMessage());
            }
        }
        throw new IOException("this is no card that serves XML; " + String.join("; ", reasons));
    }

    private XmlPage readProduct() throws IOException {
        XmlPage page = XmlPage.parse(product, link.get(product));
        objects = page.link("GET_OBJECT");
        summary = page.link("XML_SUMMARY_PAGE");
        return page;
    }

    /** What all pages of the card tell now; of what two tell, the summary counts. */
    Map<String, String> read() throws IOException {
        XmlPage page = readProduct();
        var all = new HashMap<String, String>();
        describe(page.attributes(), all);
        int missing = 0;
        for (Optional<String> each : List.of(objects, summary)) {
            if (each.isEmpty()) continue;
            try {
                all.putAll(XmlPage.parse(each.get(), link.get(each.get())).objects());
            } catch (HttpException e) {
                missing++;
                if (missing > 1 || summary.isEmpty()) throw e;
            }
        }
        return all;
    }

    private static void describe(Map<String, String> attributes, Map<String, String> all) {
        var text = new ArrayList<String>();
        for (String name : List.of("name", "type", "version"))
            Optional.ofNullable(attributes.get(name)).ifPresent(text::add);
        String card = String.join("/", text);
        int serial = card.indexOf(SERIAL);
        if (serial >= 0) {
            all.put(CARD_SERIAL, card.substring(serial + SERIAL.length()).replaceAll("\\)+$", ""));
            card = card.substring(0, serial);
        }
        if (!card.isEmpty()) all.put(CARD, card);
    }

    void close() {
        link.close();
    }
}
