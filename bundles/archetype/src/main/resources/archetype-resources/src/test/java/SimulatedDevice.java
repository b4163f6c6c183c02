package ${package};

import java.util.List;
import org.cobnut.testkit.serial.SerialSimulator;

/** The UPS, as its manual describes it. */
final class SimulatedDevice extends SerialSimulator {
    @Override
    protected List<String> answer(String request) {
        String word = request.strip();
        return switch (word) {
            case "ST" -> framed("ST,L,0,230.1,27.30,045");
            case "ID" -> framed("ID,Example,Model 1000,0000001");
            case "TEST", "MUTE" -> framed(word + ",OK");
            default -> List.of();
        };
    }

    private static List<String> framed(String text) {
        return List.of(text + '*' + DeviceProtocol.checksum(text) + '\r');
    }
}
