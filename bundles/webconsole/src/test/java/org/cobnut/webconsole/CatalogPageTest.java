package org.cobnut.webconsole;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.cobnut.catalog.CatalogEntry;
import org.junit.jupiter.api.Test;

class CatalogPageTest {
    private record Listed(String name, String version, String installed, String objection) implements CatalogEntry {
        @Override
        public String licence() {
            return "MIT";
        }

        @Override
        public String description() {
            return "<b>UPSes";
        }

        @Override
        public List<String> drivers() {
            return List.of("acme", "acme-old");
        }
    }

    @Test
    void offersToInstallWhatCanBeInstalledAndTellsWhyTheRestCannot() {
        String page = new CatalogPage("/root")
                .page(
                        List.of(
                                new Listed("acme.new", "1.1.0", "1.0.0", ""),
                                new Listed("acme.same", "2.0.0", "2.0.0", "this version is installed"),
                                new Listed("acme.odd", "3.0.0", "", "it needs package x"),
                                new Listed("/srv/old", "", "", "it expired on 2026-11-30")),
                        "installed acme.new");
        assertThat(page)
                .containsOnlyOnce("<button>Install</button>")
                .contains(
                        "<form method=\"post\" action=\"/root\"><input type=\"hidden\" name=\"install\" value=\"acme.new\">",
                        "it needs package x",
                        "<td>/srv/old</td>",
                        "it expired on 2026-11-30",
                        "acme, acme-old",
                        "&#60;b&#62;UPSes",
                        "<p class=\"nut-last\">installed acme.new</p>");
    }

    @Test
    void saysHowToNameACatalogWhenThereIsNone() {
        assertThat(new CatalogPage("/root").page(List.of(), ""))
                .contains("vendors/catalogs")
                .doesNotContain("<table");
    }
}
