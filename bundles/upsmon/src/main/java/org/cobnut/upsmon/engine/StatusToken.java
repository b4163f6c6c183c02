package org.cobnut.upsmon.engine;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.cobnut.upsmon.NoticeType;

/** The words of ups.status that upsmon knows, with the notices for their start and end. */
public enum StatusToken {
    OL,
    OB,
    LB,
    RB,
    FSD,
    CAL(NoticeType.CAL, NoticeType.NOTCAL),
    OFF(NoticeType.OFF, NoticeType.NOTOFF),
    BYPASS(NoticeType.BYPASS, NoticeType.NOTBYPASS),
    /** Vendors report it in words of their own as well. */
    ECO(NoticeType.ECO, NoticeType.NOTECO),
    ALARM(NoticeType.ALARM, NoticeType.NOTALARM),
    OVER(NoticeType.OVER, NoticeType.NOTOVER),
    TRIM(NoticeType.TRIM, NoticeType.NOTTRIM),
    BOOST(NoticeType.BOOST, NoticeType.NOTBOOST),
    HB,
    CHRG,
    DISCHRG;

    private static final Map<String, StatusToken> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(StatusToken::name, Function.identity()));

    private final Optional<NoticeType> came;
    private final Optional<NoticeType> went;

    StatusToken() {
        this.came = Optional.empty();
        this.went = Optional.empty();
    }

    StatusToken(NoticeType came, NoticeType went) {
        this.came = Optional.of(came);
        this.went = Optional.of(went);
    }

    static Optional<StatusToken> of(String word) {
        StatusToken exact = BY_WORD.get(word);
        return Optional.ofNullable(exact != null ? exact : BY_WORD.get(word.toUpperCase(Locale.ROOT)));
    }

    Optional<NoticeType> came() {
        return came;
    }

    Optional<NoticeType> went() {
        return went;
    }
}
