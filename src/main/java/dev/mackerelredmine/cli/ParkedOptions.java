package dev.mackerelredmine.cli;

import dev.mackerelredmine.operate.ParkedFilter;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** Which parked alerts are meant: those that are all of what is given. */
final class ParkedOptions {

    @Spec(Target.MIXEE)
    private CommandSpec spec;

    @Parameters(paramLabel = "ID", arity = "0..*", description = ExplainCommand.NAMES_OF_AN_ALERT)
    private List<String> alerts;

    @Option(names = "--problem", paramLabel = "TEXT", description = "Alerts whose problem contains this text.")
    private String problem;

    @Option(
            names = "--project",
            paramLabel = "PROJECT",
            description = "Alerts whose ticket would be in this project, as the policy names it.")
    private String project;

    @Option(
            names = "--why",
            paramLabel = "TEXT",
            description = "Alerts that are parked for a reason that contains this text.")
    private String why;

    @Option(
            names = "--older-than",
            paramLabel = "TIME",
            description =
                    "Alerts that have been parked for longer than this (30m, 2h, 3d), or since before a date and time.")
    private String olderThan;

    /** Where nothing is given, all are meant. */
    ParkedFilter filter(ZoneId zone) {
        return new ParkedFilter(alerts, problem, project, why, longerThan(zone));
    }

    boolean meansAll() {
        return (alerts == null || alerts.isEmpty())
                && problem == null
                && project == null
                && why == null
                && olderThan == null;
    }

    private Duration longerThan(ZoneId zone) {
        if (olderThan == null) {
            return null;
        }
        Instant now = Instant.now();
        return new Since(zone, now)
                .time(olderThan)
                .map(time -> Duration.between(time, now))
                .orElseThrow(
                        () -> new ParameterException(
                                spec.commandLine(),
                                "--older-than " + olderThan
                                        + " is not a time: write for how long (30m, 2h, 3d), or since when (2026-11-20T09:00)"));
    }
}
