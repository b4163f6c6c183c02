package org.cobnut.drivers.modbus;

import static org.cobnut.testkit.modbus.ModbusSlave.Table.COIL;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.DISCRETE;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.HOLDING;
import static org.cobnut.testkit.modbus.ModbusSlave.Table.INPUT;

import org.cobnut.driver.Driver;
import org.cobnut.testkit.modbus.ModbusSlave;

/** A healthy device for each driver, on the mains unless it says otherwise. */
enum Devices {
    APC(1, 9600) {
        @Override
        Driver driver() {
            return new ApcModbus();
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .with(
                            HOLDING, 0, 0, 0x2002, 8, 0, 1, 0, 0, 2, 0, 0, 1, 0, 0, 2, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0x44,
                            0, 0, 0)
                    .with(HOLDING, 128, new int[44])
                    .with(
                            HOLDING, 128, 0, 3600, 51200, 880, 0, 9500, 0, 3200, 25 * 256, 0, 30 * 256, 0, 80, 0,
                            230 * 64)
                    .with(
                            HOLDING, 144, 50 * 128, 1, 2, 0, 0, 0, 0, 231 * 64, 0, 0, 0xffff, 0xffff, 0xffff, 0xffff,
                            0xffff)
                    .with(HOLDING, 516, new int[120])
                    .text(HOLDING, 516, 8, "UPS 09.3")
                    .text(HOLDING, 532, 16, "Smart-UPS 1500")
                    .text(HOLDING, 564, 8, "AS1234567890")
                    .with(HOLDING, 588, 1440, 1000, 0x3, 6000)
                    .with(HOLDING, 595, 7000)
                    .text(HOLDING, 596, 8, "rack")
                    .text(HOLDING, 604, 8, "Main")
                    .text(HOLDING, 612, 8, "Group 1")
                    .with(HOLDING, 1026, 253, 208, 0, 60, 10, 0, 8, 0, 30, 20, 0, 9, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
                    .with(HOLDING, 1536, new int[8]);
        }
    },
    QUINT(192, 115_200) {
        @Override
        Driver driver() {
            return new PhoenixContactModbus();
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .with(INPUT, 4, 544, 0x6D9A, 0xDE90, 0x527D, 0x0008)
                    .with(INPUT, 29697, 0, 0, 1)
                    .with(INPUT, 29745, 24_150)
                    .with(INPUT, 29749, 95, 0, 0, 0, 0)
                    .with(INPUT, 29792, 27_300, 298, 0, 1800, 0, 0, 1250, 0, 34, 0)
                    .with(INPUT, 29840, 0x0240);
        }
    },
    QUINT4(192, 115_200) {
        @Override
        Driver driver() {
            return new PhoenixContactModbus();
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .with(INPUT, 4, 305, 0, 0, 0, 0)
                    .with(INPUT, 0x2000, 4, 0, 0, 0, 0, 0, 24_000, 800, 0, 0, 26_100, 0, 0, 301, 0, 80, 1200)
                    .with(INPUT, 0x3000, 8, 4)
                    .with(INPUT, 0x4211, 12);
        }
    },
    HUAWEI(1, 9600) {
        @Override
        Driver driver() {
            return new HuaweiUps2000();
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .object(0x87, "\0\0\0\1")
                    .object(0x88, "1=UPS2000;2=V100R001C01SPC120;3=V1.0;4=21023123456789;5=1;6=0")
                    .with(HOLDING, 11000, new int[50])
                    .with(
                            HOLDING, 11000, 2310, 0, 0, 500, 2320, 0, 0, 500, 2300, 0, 0, 12, 0, 0, 500, 3, 0, 0, 4, 0,
                            0, 150)
                    .with(HOLDING, 11024, 2, 0, 0, 315)
                    .with(HOLDING, 12000, new int[34])
                    .with(HOLDING, 12000, 820, 0, 3, 97, 0, 5400, 0, 6)
                    .with(HOLDING, 12033, 9)
                    .with(HOLDING, 19009, 20)
                    .with(HOLDING, 41180, new int[27]);
        }
    },
    SOCOMEC(1, 9600) {
        @Override
        Driver driver() {
            return new SocomecJbus();
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .with(HOLDING, 0x1000, 515, 600, 0, 0x3241, 0x3433, 0x3635, 0x3837, 0x3039, 0, 0, 0, 0)
                    .with(HOLDING, 0x10e0, 400, 400, 50, 50, 0, 0, 0, 0, 700, 200)
                    .with(HOLDING, 0x10ea, new int[22])
                    .with(HOLDING, 0x1360, 0x1E0F, 0x1E0B, 0x0B00, 26)
                    .with(HOLDING, 0x1020, 0x000f, 0x0c01, 1, 0, 0x1000, 0)
                    .with(HOLDING, 0x1040, 0, 0, 0, 0)
                    .with(HOLDING, 0x1060, new int[48])
                    .with(
                            HOLDING, 0x1060, 30, 31, 32, 31, 100, 700, 230, 231, 232, 229, 230, 231, 0, 0, 0, 12, 13,
                            14, 500)
                    .with(HOLDING, 0x1073, 500, 4520, 0, 24, 0xffff, 15);
        }
    },
    ADELSYSTEM(5, 9600) {
        @Override
        Driver driver() {
            return new AdelsystemCbi();
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .with(HOLDING, 0, new int[126])
                    .with(HOLDING, 4, 3, 1, 24_000, 27_100)
                    .with(HOLDING, 10, 24_050)
                    .with(HOLDING, 19, 1500)
                    .with(HOLDING, 22, 955, 0, 0, 299, 0, 0, 305, 229)
                    .with(HOLDING, 67, 4)
                    .with(HOLDING, 103, 45);
        }
    },
    MUST(10, 9600) {
        @Override
        Driver driver() {
            return new MustEp2000Pro();
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .with(
                            HOLDING, 30_000, 0, 12, 4, 24, 1000, 2295, 500, 2300, 500, 15, 300, 0, 30, 0, 273, 12, 0,
                            88, 41)
                    .with(HOLDING, 30_019, 0, 0, 0, 0, 1, 1, 1, 0)
                    .with(HOLDING, 31_000, 0, 230, 210, 282, 276, 20, 0)
                    .with(HOLDING, 32_000, 0, 0, 0);
        }
    },
    GENERIC(5, 9600) {
        @Override
        Driver driver() {
            return new GenericModbus();
        }

        @Override
        String[] options() {
            return new String[] {
                "OL_addr = 0x01",
                "LB_addr = 2",
                "HB_addr = 3",
                "RB_addr = 7",
                "RB_regtype = 3",
                "RB_noro = 1",
                "FSD_addr = 9"
            };
        }

        @Override
        ModbusSlave slave() {
            return new ModbusSlave()
                    .with(DISCRETE, 1, 1, 0, 1)
                    .with(HOLDING, 7, 1)
                    .with(COIL, 9, 0);
        }
    };

    private final int unit;
    private final int speed;

    Devices(int unit, int speed) {
        this.unit = unit;
        this.speed = speed;
    }

    abstract ModbusSlave slave();

    abstract Driver driver();

    /** The mains go, and the battery is nearly empty. */
    void onBattery(ModbusSlave slave) {
        switch (this) {
            case QUINT -> slave.with(INPUT, 29697, 1, 1, 0).with(INPUT, 29749, 8);
            case HUAWEI ->
                slave.with(HOLDING, 11024, 3).with(HOLDING, 11043, 0x40).with(HOLDING, 12002, 5, 7);
            case SOCOMEC -> slave.with(HOLDING, 0x1077, 12).with(HOLDING, 0x1021, 0);
            case ADELSYSTEM -> slave.with(HOLDING, 4, 0, 0).with(HOLDING, 45, 1).with(HOLDING, 34, 2);
            case GENERIC -> slave.with(DISCRETE, 1, 0, 1, 0);
            default -> throw new IllegalStateException("no other driver is compared");
        }
    }

    int unit() {
        return unit;
    }

    int speed() {
        return speed;
    }

    /** Lines of its section. */
    String[] options() {
        return new String[0];
    }
}
