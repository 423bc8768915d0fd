package dev.mackerelredmine.paging;

import dev.mackerelredmine.escalation.RotaGap;
import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.notice.NoticeSource;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** While there are times within the next week in which nobody is on call in a rota, the operator is notified once a day. */
public final class GapWatch implements NoticeSource {

    static final String GAP = "rota-gap";

    private static final Duration AHEAD = Duration.ofDays(7);
    private static final Duration AGAIN_AFTER = Duration.ofDays(1);
    private static final int MOST_LINES = 10;

    private final CurrentFile file;
    private final Set<LocalDate> holidays;
    private final Store store;
    private final Sentences sentences;
    private final InstantSource clock;
    private volatile List<RotaGap> gaps = List.of();

    /** @param holidays days that count as a Sunday */
    public GapWatch(CurrentFile file, Set<LocalDate> holidays, Store store, Sentences sentences, InstantSource clock) {
        this.file = file;
        this.holidays = Set.copyOf(holidays);
        this.store = store;
        this.sentences = sentences;
        this.clock = clock;
    }

    /** Called every five minutes, after the calendars of the rotas were fetched. */
    public void check() {
        Instant now = clock.instant();
        gaps = RotaGap.of(file.now(), now, now.plus(AHEAD), holidays);
    }

    @Override
    public Notice next() {
        List<RotaGap> found = gaps;
        boolean isDue =
                store.notices().isDue(GAP, !found.isEmpty(), clock.instant().minus(AGAIN_AFTER));
        return isDue ? notice(found) : null;
    }

    @Override
    public void sent(Notice notice) {
        store.notices().sent(GAP);
    }

    private Notice notice(List<RotaGap> found) {
        String lines = found.stream()
                .limit(MOST_LINES)
                .map(gap -> "\n"
                        + sentences.say("rota.gap", gap.rota(), sentences.time(gap.from()), sentences.time(gap.to())))
                .collect(Collectors.joining());
        return new Notice(
                GAP,
                sentences.say("notice.rota-gap", found.size()),
                sentences.say("notice.rota-gap.text", found.size(), lines));
    }
}
