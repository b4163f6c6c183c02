package org.cobnut.drivers.netxml;

import java.io.IOException;
import java.io.StringReader;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * A page of a card.
 *
 * @param root the name of its outermost element, in upper case
 * @param attributes of that element, their names in lower case
 * @param links the pages that elements lead to by their attribute {@code url}, by the elements' names in upper case
 * @param objects what the card tells, by the names of objects in lower case
 */
record XmlPage(String root, Map<String, String> attributes, Map<String, String> links, Map<String, String> objects) {
    private static final int MOST_OBJECTS = 5000;
    private static final int LONGEST_VALUE = 512;

    /** Neither a DTD nor an entity of a page is looked at, so that a page can read no file and make no request. */
    private static final XMLInputFactory FACTORY = factory();

    XmlPage {
        attributes = Map.copyOf(attributes);
        links = Map.copyOf(links);
        objects = Map.copyOf(objects);
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }

    /** @throws IOException when the text is no XML, or holds too much */
    static XmlPage parse(String page, String text) throws IOException {
        try {
            XMLStreamReader reader = FACTORY.createXMLStreamReader(new StringReader(text.strip()));
            var parser = new Parser(page);
            while (reader.hasNext()) parser.take(reader, reader.next());
            reader.close();
            return new XmlPage(parser.root, parser.attributes, parser.links, parser.objects);
        } catch (XMLStreamException | RuntimeException bad) {
            throw new IOException(page + " of the card is no XML that can be read", bad);
        }
    }

    /** The page that an element leads to. */
    Optional<String> link(String element) {
        return Optional.ofNullable(links.get(element))
                .map(url -> url.strip().split("\\s+", 2)[0])
                .filter(url -> !url.isEmpty())
                .map(url -> url.startsWith("/") ? url : "/" + url);
    }

    private static final class Parser {
        private final String page;
        private final Map<String, String> attributes = new HashMap<>();
        private final Map<String, String> links = new HashMap<>();
        private final Map<String, String> objects = new HashMap<>();
        private final StringBuilder value = new StringBuilder();
        private String root = "";
        private Optional<String> object = Optional.empty();

        Parser(String page) {
            this.page = page;
        }

        void take(XMLStreamReader reader, int event) throws IOException {
            switch (event) {
                case XMLStreamConstants.START_ELEMENT -> begin(reader);
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> {
                    if (object.isPresent() && value.length() < LONGEST_VALUE) value.append(reader.getText());
                }
                case XMLStreamConstants.END_ELEMENT -> end();
                default -> {}
            }
        }

        private void begin(XMLStreamReader reader) throws IOException {
            String name = reader.getLocalName().toUpperCase(Locale.ROOT);
            boolean first = root.isEmpty();
            if (first) root = name;
            for (int i = 0; i < reader.getAttributeCount(); i++) {
                String attribute = reader.getAttributeLocalName(i).toLowerCase(Locale.ROOT);
                String text = reader.getAttributeValue(i);
                if (first) attributes.put(attribute, text);
                if (attribute.equals("url")) links.putIfAbsent(name, text);
                if (attribute.equals("name") && name.equals("OBJECT")) {
                    object = Optional.of(text.toLowerCase(Locale.ROOT));
                    value.setLength(0);
                }
            }
            if (objects.size() > MOST_OBJECTS)
                throw new IOException(page + " of the card holds more than " + MOST_OBJECTS + " objects");
        }

        private void end() {
            object.ifPresent(name -> {
                String text = value.toString().strip();
                if (!text.isEmpty()) objects.put(name, text.substring(0, Math.min(LONGEST_VALUE, text.length())));
            });
            object = Optional.empty();
        }
    }
}
