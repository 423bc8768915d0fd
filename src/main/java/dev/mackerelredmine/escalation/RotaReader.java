package dev.mackerelredmine.escalation;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads one rota: turns of people, or one that stands in a calendar. */
final class RotaReader {

    private static final String TIME_ZONE = "time-zone";
    private static final List<String> OF_TURNS = List.of("start", "every", TIME_ZONE, "people");
    private static final String ICAL = "ical";
    private static final String OVERRIDES = "overrides";
    private static final List<String> OF_ICAL = List.of(ICAL, OVERRIDES, TIME_ZONE);

    private static final Duration SHORTEST_TURN = Duration.ofHours(1);

    private final IcalRotas icals;
    private final YamlTexts texts;
    private final YamlValues values;
    private final Mistakes mistakes;

    RotaReader(IcalRotas icals, YamlTexts texts, YamlValues values, Mistakes mistakes) {
        this.icals = icals;
        this.texts = texts;
        this.values = values;
        this.mistakes = mistakes;
    }

    /** Empty where something is wrong with it. */
    Optional<Rota> read(String name, Node node) {
        String what = "the rota " + name;
        boolean isIcal = YamlMap.ofNames(what, node, new Mistakes("")).has(ICAL);
        return isIcal
                ? ical(name, YamlMap.of(what, node, OF_ICAL, mistakes))
                : turns(YamlMap.of(what, node, OF_TURNS, mistakes));
    }

    private Optional<Rota> ical(String name, YamlMap rota) {
        Optional<YamlText> ical = rota.value(ICAL).flatMap(node -> texts.text(ICAL, node));
        Optional<YamlText> overrides = rota.value(OVERRIDES).flatMap(node -> texts.text(OVERRIDES, node));
        Optional<ZoneId> zone = rota.value(TIME_ZONE).flatMap(node -> values.zone(TIME_ZONE, node));
        try {
            return ical.map(text -> icals.of(new IcalRota(
                    name, text.value(), overrides.map(YamlText::value).orElse(""), zone.orElse(null))));
        } catch (IllegalArgumentException e) {
            mistakes.add(rota.key(ICAL), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Rota> turns(YamlMap rota) {
        Optional<LocalDateTime> start =
                rota.required("start", "2026-12-01T09:00").flatMap(node -> values.time("start", node));
        Optional<Duration> every =
                rota.required("every", "7d").flatMap(node -> values.duration("every", node, SHORTEST_TURN));
        Optional<ZoneId> zone = rota.required(TIME_ZONE, "Asia/Tokyo").flatMap(node -> values.zone(TIME_ZONE, node));
        List<String> people = rota.required("people", "[Hanako Yamada, Taro Suzuki]").stream()
                .flatMap(node -> texts.texts("people", node).stream())
                .map(YamlText::value)
                .filter(name -> !name.isEmpty())
                .toList();
        if (start.isEmpty() || every.isEmpty() || zone.isEmpty() || people.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TurnsRota(start.get(), every.get(), zone.get(), people));
    }
}
