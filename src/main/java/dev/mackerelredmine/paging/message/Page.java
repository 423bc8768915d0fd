package dev.mackerelredmine.paging.message;

/**
 * One message to one person by one means: the body of {@code direct:notify}.
 *
 * @param id the same for the same page, which may be sent more than once, and no other page's
 * @param kind {@code page}; {@code over}, which says that the alert has recovered; {@code hand-over}; {@code worse} and
 *     {@code again}, which ask who has the ticket; {@code round}, a note in the ticket; or {@code test}
 * @param person as Redmine shows the name of the person or the group
 * @param means such as {@code slack}
 * @param contact that person's address for the means; null where it has none
 * @param text one line for a phone: what, where, since when
 * @param ticket what it is about
 * @param round 1, 2 …; 0 where it belongs to none
 * @param step 1, 2 …, as people count; 0 where it belongs to none
 */
public record Page(
        String id,
        String kind,
        String person,
        String means,
        String contact,
        String text,
        Ticket ticket,
        int round,
        int step) {

    private static final int MOST_OF_A_SUBJECT = 120;

    /**
     * @param number Redmine's; 0 where there is no ticket
     * @param severity {@code critical}, {@code warning} or {@code unknown}
     * @param openedAt when the alert opened, in seconds since 1970; null where that is not known
     */
    public record Ticket(long number, String url, String subject, String severity, Long openedAt) {}

    boolean hasLink() {
        return ticket != null && ticket.url() != null && ticket.url().matches("https?://\\S+");
    }

    /** Of a mail: the text without the address at its end. */
    public String subject() {
        String line = PlainText.oneLine(text);
        if (hasLink()) {
            line = line.replace(ticket.url(), "").replaceAll("\\s*:?\\s*$", "");
        }
        return PlainText.cut(line, MOST_OF_A_SUBJECT);
    }

    /** Of a mail: the whole text, and the whole subject of the ticket. */
    public String mailText() {
        String whole = PlainText.oneLine(text) + "\n";
        return ticket == null || ticket.number() == 0
                ? whole
                : whole + "\n" + PlainText.oneLine(ticket.subject()) + "\n";
    }

    /** For an incoming webhook of Slack, or Mattermost. The contact is a member's ID. */
    public String slackJson() {
        return ChatMessages.slack(this);
    }

    /** For a workflow of Microsoft Teams. The contact is a user's name, such as hanako@example.jp. */
    public String teamsJson() {
        return ChatMessages.teams(this);
    }

    /** For Chatwork's API. The contact is an account's number. */
    public String chatworkForm() {
        return ChatMessages.chatwork(this);
    }

    /** For an incoming webhook of Google Chat. The contact is a user's number. */
    public String googleChatJson() {
        return ChatMessages.googleChat(this);
    }

    /** For whatever takes a webhook. */
    public String webhookJson() {
        return WebhookMessage.of(this);
    }

    /**
     * For Twilio. The contact is a number such as +819012345678.
     *
     * @param from the number that calls
     * @param language in which it is read out: {@code ja} or {@code en}
     */
    public String twilioForm(String from, String language) {
        return PhoneCall.twilioForm(this, from, language);
    }

    /** For logs: no contact, which may be a secret. */
    @Override
    public String toString() {
        return "page " + id + " to " + person + " by " + means;
    }
}
