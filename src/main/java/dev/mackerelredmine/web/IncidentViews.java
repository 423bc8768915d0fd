package dev.mackerelredmine.web;

import dev.mackerelredmine.store.AlertRecord;
import dev.mackerelredmine.store.IncidentAlert;
import dev.mackerelredmine.ticket.Membership;
import dev.mackerelredmine.web.AlertView.Incident;
import dev.mackerelredmine.web.AlertView.Member;

/** Puts together to which incident an alert belongs, and which alerts one has. */
final class IncidentViews {

    private IncidentViews() {}

    /** Null where it belongs to none. */
    static Incident view(AlertRecord alert, RedmineSide redmine) {
        Membership membership = alert.unreported().membership();
        if (membership.role() == null) {
            return null;
        }
        String url = alert.fromPreview() ? null : redmine.ticket(membership.issue());
        return new Incident(
                membership.role().toString(),
                alert.incident() == null ? null : alert.incident().id(),
                membership.issue(),
                url,
                membership.list() == null ? null : membership.list().total(),
                membership.list() == null ? null : membership.list().firing(),
                alert.members().stream()
                        .map(member -> view(member, alert.fromPreview() ? null : redmine.ticket(member.issue())))
                        .toList());
    }

    private static Member view(IncidentAlert member, String url) {
        return new Member(
                member.org(),
                member.alertKey(),
                member.problem(),
                member.worst(),
                member.status(),
                member.issue(),
                url);
    }
}
