package org.cobnut.webconsole;

import org.cobnut.model.Variable;

/** Renders the page of one device: all variables, forms for the writable ones, and buttons for the commands. */
final class DevicePage {
    private final Html html = new Html();
    private final String root;

    DevicePage(String root) {
        this.root = root;
    }

    /** {@code last} tells of the last action here; empty for none. */
    String page(Device device, String last) {
        html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.add("<div class=\"nut\"><p><a href=\"%s\">All devices</a></p><h2>%s</h2>", root, device.name());
        if (!last.isEmpty()) html.add("<p class=\"nut-last\">%s</p>", last);
        var why = StatusText.why(device.snapshot().health());
        if (!why.isEmpty()) html.add("<p class=\"nut-why\">%s</p>", why);
        html.add("<h3>Variables</h3><table class=\"nicetable nut-table\"><tbody>");
        device.snapshot().variables().values().forEach(variable -> row(device, variable));
        html.add("</tbody></table>");
        if (!device.snapshot().commands().isEmpty()) commands(device);
        return html.add("</div>").toString();
    }

    /** Asks once more before a command that takes the power away. */
    String question(Device device, String command, String argument) {
        html.add("<div class=\"nut\"><p><a href=\"%s/%s\">Back</a></p>", root, DevicePath.encode(device.name()));
        html.add("<h2>%s on %s?</h2>", command, device.name());
        html.add("<p>What hangs on this UPS may lose its power at once.</p>");
        form(device);
        html.add("<input type=\"hidden\" name=\"sure\" value=\"yes\">");
        html.add("<input type=\"hidden\" name=\"command\" value=\"%s\">", command);
        html.add("<input type=\"hidden\" name=\"argument\" value=\"%s\">", argument);
        return html.add("<button>Yes, run %s now</button></form></div>", command)
                .toString();
    }

    /** Says that there is no such device. */
    String unknown(String name) {
        html.add("<div class=\"nut\"><p><a href=\"%s\">All devices</a></p>", root);
        return html.add("<p class=\"nut-none\">No device is called %s.</p></div>", name)
                .toString();
    }

    private void row(Device device, Variable variable) {
        html.add("<tr><td>%s</td><td>", variable.name());
        if (variable.type().writable()) setting(device, variable);
        else html.add("%s", StatusText.value(variable));
        html.add("</td></tr>");
    }

    private void setting(Device device, Variable variable) {
        form(device);
        html.add("<input type=\"hidden\" name=\"variable\" value=\"%s\">", variable.name());
        var type = variable.type();
        if (!type.choices().isEmpty()) {
            html.add("<select name=\"value\">");
            if (!type.choices().contains(variable.value())) option(variable.value(), true);
            type.choices().forEach(choice -> option(choice, choice.equals(variable.value())));
            html.add("</select>");
        } else {
            html.add("<input name=\"value\" value=\"%s\"", StatusText.value(variable));
            if (type.maxLength().orElse(0) > 0)
                html.add(" maxlength=\"%s\"", type.maxLength().getAsInt());
            html.add(">");
            type.ranges().forEach(range -> html.add(" <small>%s to %s</small>", range.min(), range.max()));
        }
        html.add(" <button>Set</button></form>");
    }

    private void option(String value, boolean chosen) {
        html.add(chosen ? "<option selected=\"selected\">%s</option>" : "<option>%s</option>", value);
    }

    private void commands(Device device) {
        html.add("<h3>Commands</h3><p>They act on the device at once, and some of them switch its load off.</p>"
                + "<ul class=\"nut-commands\">");
        for (var command : device.snapshot().commands()) {
            html.add("<li>");
            form(device);
            html.add("<input type=\"hidden\" name=\"command\" value=\"%s\"><span>%s</span>", command, command);
            html.add("<input name=\"argument\" placeholder=\"argument, if any\"> <button>Run</button></form></li>");
        }
        html.add("</ul>");
    }

    private void form(Device device) {
        html.add("<form method=\"post\" action=\"%s/%s\">", root, DevicePath.encode(device.name()));
    }
}
