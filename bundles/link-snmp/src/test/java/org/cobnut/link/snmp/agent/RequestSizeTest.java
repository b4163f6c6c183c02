package org.cobnut.link.snmp.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestSizeTest {
    private static final int BYTES_OF_AN_OBJECT = 16;

    private final RequestSize size = new RequestSize();
    private int failures;

    /** Asks an agent that takes so many objects at most for many. */
    private void ask(int taken) {
        int objects = size.most();
        if (objects <= taken) {
            size.heard(objects);
            size.answered(objects, objects * BYTES_OF_AN_OBJECT);
        } else {
            failures++;
            size.tooLarge(objects);
        }
    }

    @Test
    void growsAsLongAsTheAnswersFit() {
        ask(100);
        assertThat(size.most()).isEqualTo(64);
    }

    @Test
    void triesEverLessOftenWhetherAnAgentTakesMore() {
        for (int i = 0; i < 1_000; i++) ask(5);
        assertThat(failures).isLessThan(10);
        for (int i = 1_000; i < 1_000_000; i++) ask(5);
        assertThat(failures).isLessThan(30);
    }

    @Test
    void growsAgainAfterAFailure() {
        ask(20);
        assertThat(size.most()).isEqualTo(16);
        for (int i = 0; i < 100; i++) ask(100);
        assertThat(size.most()).isEqualTo(64);
    }

    @Test
    void doesNotTakeSilenceToWhatWasAnsweredBeforeForASign() {
        ask(100);
        assertThat(size.mayBeTooLarge(32)).isFalse();
        assertThat(size.mayBeTooLarge(33)).isTrue();
    }
}
