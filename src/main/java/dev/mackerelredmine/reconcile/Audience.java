package dev.mackerelredmine.reconcile;

import dev.mackerelredmine.mackerel.AlertStatus;
import dev.mackerelredmine.mackerelapi.ApiAlertGroupSetting;
import dev.mackerelredmine.mackerelapi.ApiChannel;
import dev.mackerelredmine.mackerelapi.ApiNotificationGroup;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Whether an alert is sent to our channel, by how the organization has set up its notifications (docs/howto/alerts, "Notification
 * Groups"; api-docs/notification-groups; docs/howto/alert-groups). A suspended channel counts as one that works: what would have been sent
 * to it is lost.
 */
public final class Audience {

    private final List<ApiChannel> ours;
    private final List<ApiNotificationGroup> groups;
    private final List<ApiAlertGroupSetting> alertGroups;

    /** @param ours the channels that post to us */
    public Audience(List<ApiChannel> ours, List<ApiNotificationGroup> groups, List<ApiAlertGroupSetting> alertGroups) {
        this.ours = ours;
        this.groups = groups;
        this.alertGroups = alertGroups;
    }

    /** How a channel of ours stands. */
    public enum State {
        WORKS,
        MISSING,
        SUSPENDED,
        WITHOUT_ALERTS,
        IN_NO_GROUP,
        CRITICALS_ONLY
    }

    /** The first thing that keeps alerts from us. */
    public State state() {
        if (ours.isEmpty()) {
            return State.MISSING;
        }
        if (ours.stream().anyMatch(channel -> channel.suspendedAt() != null)) {
            return State.SUSPENDED;
        }
        if (ours.stream().noneMatch(ApiChannel::getsAlerts)) {
            return State.WITHOUT_ALERTS;
        }
        if (groups.stream().noneMatch(group -> reaches(group, false))) {
            return State.IN_NO_GROUP;
        }
        return groups.stream().noneMatch(group -> reaches(group, true)) ? State.CRITICALS_ONLY : State.WORKS;
    }

    List<ApiChannel> ours() {
        return ours;
    }

    /**
     * Why an alert is not sent to our channel; empty where it is.
     *
     * @param highest the highest status that the alert has had
     */
    Optional<String> whyNot(Subject subject, AlertStatus highest) {
        if (ours.isEmpty()) {
            return Optional.of("none of the organization's channels is ours");
        }
        if (subject.monitor().isMute()) {
            return Optional.of("its monitor is muted");
        }
        if (subject.host() != null && subject.host().isStandby()) {
            return Optional.of("its host is standby");
        }
        List<ApiNotificationGroup> itsGroups = groupsOf(subject);
        if (itsGroups.stream().noneMatch(group -> reaches(group, false))) {
            return Optional.of("no notification group sends it to this service's channel");
        }
        boolean isLow = highest == AlertStatus.WARNING || highest == AlertStatus.OK;
        if (isLow && itsGroups.stream().noneMatch(group -> reaches(group, true))) {
            return Optional.of("this service's channel gets critical alerts only");
        }
        return whyOnlyItsGroup(subject);
    }

    private Optional<String> whyOnlyItsGroup(Subject subject) {
        if (ours.stream().noneMatch(ApiChannel::getsAlerts)) {
            return Optional.of("this service's channel gets no alert events");
        }
        boolean isInGroup = alertGroups.stream()
                .anyMatch(setting -> setting.covers(subject.monitor().id(), subject.services(), subject.roles()));
        boolean isSentAlone = ours.stream().anyMatch(channel -> channel.getsAlerts() && !channel.getsAlertGroups());
        return isInGroup && !isSentAlone
                ? Optional.of("this service's channel gets its alert group instead")
                : Optional.empty();
    }

    /** Where a group takes a monitor for itself, no other gets its alerts. */
    private List<ApiNotificationGroup> groupsOf(Subject subject) {
        String monitor = subject.monitor().id();
        List<ApiNotificationGroup> alone = groups.stream()
                .filter(group -> group.monitor(monitor)
                        .filter(ApiNotificationGroup.Monitor::skipDefault)
                        .isPresent())
                .toList();
        return alone.isEmpty()
                ? groups.stream()
                        .filter(group -> group.isDefault()
                                || group.monitor(monitor).isPresent()
                                || group.services().stream()
                                        .anyMatch(service -> subject.services().contains(service.name())))
                        .toList()
                : alone;
    }

    /** Whether a channel of ours is in the group, or in one below it. */
    private boolean reaches(ApiNotificationGroup group, boolean withWarnings) {
        return reaches(group, withWarnings, new HashSet<>());
    }

    private boolean reaches(ApiNotificationGroup group, boolean withWarnings, Set<String> seen) {
        if (!seen.add(group.id()) || withWarnings && group.isCriticalOnly()) {
            return false;
        }
        boolean isDirect =
                ours.stream().anyMatch(channel -> group.childChannelIds().contains(channel.id()));
        return isDirect || children(group).anyMatch(child -> reaches(child, withWarnings, seen));
    }

    private Stream<ApiNotificationGroup> children(ApiNotificationGroup group) {
        return groups.stream().filter(child -> group.childNotificationGroupIds().contains(child.id()));
    }
}
