package ${package};

import java.util.List;
import java.util.Set;
import org.cobnut.link.SerialParameters;
import org.cobnut.table.Wire;
import org.cobnut.table.line.AnswerPart;
import org.cobnut.table.line.LineWire;
import org.cobnut.table.line.RequestLine;
import org.cobnut.table.testkit.WireContract;
import org.cobnut.testkit.serial.SerialSimulator.Fault;
import org.cobnut.testkit.serial.SimulatedLine;

/** What every wire keeps to. */
class DeviceWireContractTest extends WireContract<AnswerPart> {
    @Override
    protected Devices<AnswerPart> devices() {
        return new Devices<>(
                () -> wire(Fault.NONE),
                () -> wire(Fault.SILENCE),
                List.of(new AnswerPart("ST", "1"), new AnswerPart("ST", "3"), new AnswerPart("ID", "2")),
                AnswerPart.order("order"),
                "TEST");
    }

    private static Wire<AnswerPart> wire(Fault fault) {
        var device = new SimulatedDevice();
        device.fault(fault);
        var line = new RequestLine(new SimulatedLine(device, SerialParameters.at(9600)));
        return new LineWire<>("the UPS", new DeviceProtocol(line), Set.of());
    }
}
