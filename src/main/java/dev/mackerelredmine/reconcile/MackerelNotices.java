package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.notice.Notice;
import dev.mackerelredmine.notice.NoticeSource;
import dev.mackerelredmine.store.LostWebhooks;
import dev.mackerelredmine.store.MackerelPolls;
import dev.mackerelredmine.store.Notices;
import dev.mackerelredmine.store.Store;
import dev.mackerelredmine.ticket.text.Sentences;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Notices for the operator about what was found at Mackerel: each once while it lasts, as the others of routes/operator.camel.yaml. */
public final class MackerelNotices implements NoticeSource {

    private static final String LOST = "webhooks-lost";
    private static final String CHANNEL = "channel-suspended";
    private static final String OLDER = "older-alerts";

    private final Store store;
    private final PollReport report;
    private final Sentences sentences;
    private final Duration again;
    private final String site;
    private volatile LostWebhooks lostInNotice;

    /**
     * @param again how long to wait at least until the next notice that more was lost
     * @param site where people see the organization, such as {@code https://mackerel.io}
     */
    public MackerelNotices(Store store, PollReport report, Sentences sentences, Duration again, String site) {
        this.store = store;
        this.report = report;
        this.sentences = sentences;
        this.again = again;
        this.site = site;
    }

    @Override
    public Notice next() {
        Notices board = store.notices();
        return channel(board).or(() -> lost(board)).or(() -> older(board)).orElse(null);
    }

    @Override
    public void sent(Notice notice) {
        if (notice.kind().equals(LOST)) {
            polls().lostReported(lostInNotice);
        }
        if (notice.kind().equals(OLDER)) {
            report.olderReported();
        }
        store.notices().sent(notice.kind());
    }

    private MackerelPolls polls() {
        return store.mackerelPolls();
    }

    private Optional<Notice> channel(Notices board) {
        Audience.State state = report.channel().orElse(null);
        if (state == null) {
            return Optional.empty();
        }
        if (state != Audience.State.WORKS) {
            return board.raise(CHANNEL, Instant.EPOCH)
                    ? Optional.of(notice(CHANNEL, sentences.say("channel." + state), site + "/my/channels"))
                    : Optional.empty();
        }
        if (board.end(CHANNEL)) {
            board.forget(CHANNEL);
        }
        return Optional.empty();
    }

    private Optional<Notice> lost(Notices board) {
        Optional<LostWebhooks> lost = polls().unreportedLost();
        if (lost.isEmpty() || !board.raise(LOST, Instant.now().minus(again))) {
            return Optional.empty();
        }
        lostInNotice = lost.get();
        String more = report.waiting() == 0 ? "" : " " + sentences.say("notice.webhooks-lost.more", report.waiting());
        return Optional.of(
                notice(LOST, lostInNotice.lost(), sentences.time(lostInNotice.first()), more, site + "/my/channels"));
    }

    private Optional<Notice> older(Notices board) {
        return report.unreportedOlder()
                .filter(older -> board.raise(OLDER, Instant.now()))
                .map(older -> notice(OLDER, older.alerts(), older.named()));
    }

    private Notice notice(String kind, Object... values) {
        return new Notice(
                kind, sentences.say("notice." + kind, values), sentences.say("notice." + kind + ".text", values));
    }
}
