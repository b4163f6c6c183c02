package org.cobnut.scan.program;

import java.util.LinkedHashMap;
import java.util.Map;

/** The options of nut-scanner(8). */
final class Arguments {
    static final String LETTERS = "?ht:T:s:e:E:c:l:u:W:X:w:x:p:b:B:d:L:CUSMOAm:QnNPqIJVaD";

    static final Map<String, Character> WORDS = words();

    private Arguments() {}

    private static Map<String, Character> words() {
        var words = new LinkedHashMap<String, Character>();
        words.put("timeout", 't');
        words.put("thread", 'T');
        words.put("start_ip", 's');
        words.put("end_ip", 'e');
        words.put("eaton_serial", 'E');
        words.put("mask_cidr", 'm');
        words.put("community", 'c');
        words.put("secLevel", 'l');
        words.put("secName", 'u');
        words.put("authPassword", 'W');
        words.put("privPassword", 'X');
        words.put("authProtocol", 'w');
        words.put("privProtocol", 'x');
        words.put("username", 'b');
        words.put("password", 'B');
        words.put("authType", 'd');
        words.put("cipher_suite_id", 'L');
        words.put("port", 'p');
        words.put("complete_scan", 'C');
        words.put("usb_scan", 'U');
        words.put("snmp_scan", 'S');
        words.put("xml_scan", 'M');
        words.put("oldnut_scan", 'O');
        words.put("avahi_scan", 'A');
        words.put("nut_simulation_scan", 'n');
        words.put("ipmi_scan", 'I');
        words.put("upower_scan", 'J');
        words.put("disp_nut_conf_with_sanity_check", 'Q');
        words.put("disp_nut_conf", 'N');
        words.put("disp_parsable", 'P');
        words.put("quiet", 'q');
        words.put("help", 'h');
        words.put("version", 'V');
        words.put("available", 'a');
        words.put("nut_debug_level", 'D');
        return words;
    }
}
