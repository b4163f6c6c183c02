package org.cobnut.webconsole;

import java.util.List;
import org.cobnut.catalog.CatalogEntry;

/** Renders the page of what catalogs offer; a pure function of its input. */
final class CatalogPage {
    private final Html html = new Html();
    private final String root;

    /** {@code root} is the address of this page, to which its forms go. */
    CatalogPage(String root) {
        this.root = root;
    }

    /** {@code last} tells of the last install here; empty for none. */
    String page(List<CatalogEntry> entries, String last) {
        head();
        if (!last.isEmpty()) html.add("<p class=\"nut-last\">%s</p>", last);
        if (entries.isEmpty()) {
            html.add(
                    "<p class=\"nut-none\">No catalog offers anything. Write the folder or URL of a catalog into the file "
                            + "<b>vendors/catalogs</b> beside the configuration files, and put its maker's certificate into "
                            + "<b>vendors</b>.</p>");
            return html.add("</div>").toString();
        }
        html.add("<table class=\"nicetable nut-table\"><thead><tr><th>Bundle</th><th>Version</th><th>Installed</th>"
                + "<th>Licence</th><th>Drivers</th><th>What it is</th><th></th></tr></thead><tbody>");
        entries.forEach(this::row);
        html.add("</tbody></table><p>An install waits until the devices that were read before are read again, at most "
                + "half a minute; otherwise it is undone. No client is disconnected.</p>");
        return html.add("</div>").toString();
    }

    /** Says why there is nothing to show. */
    String unusable(String reason) {
        head();
        return html.add("<p class=\"nut-why\">%s</p></div>", reason).toString();
    }

    private void head() {
        html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.add("<div class=\"nut\"><h2>Drivers of the catalogs</h2>");
    }

    private void row(CatalogEntry entry) {
        html.add(
                "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>",
                entry.name(),
                entry.version(),
                entry.installed(),
                entry.licence(),
                String.join(", ", entry.drivers()),
                entry.description());
        if (!entry.objection().isEmpty()) html.add("%s", entry.objection());
        else {
            html.add("<form method=\"post\" action=\"%s\">", root);
            html.add(
                    "<input type=\"hidden\" name=\"install\" value=\"%s\"><button>Install</button></form>",
                    entry.name());
        }
        html.add("</td></tr>");
    }
}
