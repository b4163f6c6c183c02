package org.cobnut.upsmon;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The words of ups.status that mean something here, and the notices of their coming and going. */
enum Token {
    OL,
    OB,
    LB,
    RB,
    FSD,
    CAL(NoticeType.CAL, NoticeType.NOTCAL),
    OFF(NoticeType.OFF, NoticeType.NOTOFF),
    BYPASS(NoticeType.BYPASS, NoticeType.NOTBYPASS),
    /** Not a word of ups.status only: vendors say it in their own words, too. */
    ECO(NoticeType.ECO, NoticeType.NOTECO),
    ALARM(NoticeType.ALARM, NoticeType.NOTALARM),
    OVER(NoticeType.OVER, NoticeType.NOTOVER),
    TRIM(NoticeType.TRIM, NoticeType.NOTTRIM),
    BOOST(NoticeType.BOOST, NoticeType.NOTBOOST),
    HB,
    CHRG,
    DISCHRG;

    private static final Map<String, Token> BY_WORD =
            Stream.of(values()).collect(Collectors.toUnmodifiableMap(Token::name, Function.identity()));

    private final Optional<NoticeType> came;
    private final Optional<NoticeType> went;

    Token() {
        this.came = Optional.empty();
        this.went = Optional.empty();
    }

    Token(NoticeType came, NoticeType went) {
        this.came = Optional.of(came);
        this.went = Optional.of(went);
    }

    static Optional<Token> of(String word) {
        Token exact = BY_WORD.get(word);
        return Optional.ofNullable(exact != null ? exact : BY_WORD.get(word.toUpperCase(Locale.ROOT)));
    }

    Optional<NoticeType> came() {
        return came;
    }

    Optional<NoticeType> went() {
        return went;
    }
}
