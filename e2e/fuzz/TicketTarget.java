package fuzz;

import dev.mackerelredmine.mackerel.Notification;
import dev.mackerelredmine.mackerel.NotificationReader;
import dev.mackerelredmine.mackerel.UnreadableNotificationException;
import dev.mackerelredmine.ticket.text.Language;
import dev.mackerelredmine.text.TextFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32;

/**
 * Whatever a notification says, its ticket is written, and Redmine can take nothing in it for anything but text. What is a notification
 * is taken as it is; of any other input a notification is made that says it everywhere, and the ticket has to have the shape of one
 * that says something harmless instead. In which text format and language follows from the input.
 */
public final class TicketTarget {

    private static final NotificationReader READER = new NotificationReader();
    private static final List<Scribe> SCRIBES = scribes();
    private static final Map<String, List<String>> HARMLESS = new ConcurrentHashMap<>();

    private TicketTarget() {}

    /** So that the first input is not charged with the loading of classes. */
    public static void fuzzerInitialize() {
        SCRIBES.forEach(scribe -> sayEverywhere(scribe, "x"));
    }

    public static void fuzzerTestOneInput(byte[] input) {
        Scribe scribe = SCRIBES.get(choice(input));
        try {
            scribe.write(READER.read(input));
        } catch (UnreadableNotificationException noNotification) {
            sayEverywhere(scribe, new String(input, StandardCharsets.UTF_8));
        }
    }

    private static void sayEverywhere(Scribe scribe, String said) {
        String harmless = Everywhere.harmless(said);
        List<String> expected = HARMLESS.computeIfAbsent(scribe + harmless, unknown -> Shape.of(written(scribe, harmless)));
        String written = written(scribe, said);
        List<String> shape = Shape.of(written);
        for (int i = 0; i < Math.min(shape.size(), expected.size()); i++) {
            int line = i;
            Require.that(shape.get(i).equals(expected.get(i)), "the shape " + expected.get(i), written.lines().skip(line).findFirst());
        }
        Require.same("the number of lines", expected.size(), shape.size());
    }

    private static String written(Scribe scribe, String said) {
        Notification over = Everywhere.over(said);
        return scribe.write(over) + scribe.tell(Everywhere.firing(said), over, said);
    }

    private static List<Scribe> scribes() {
        List<Scribe> scribes = new ArrayList<>();
        for (TextFormat format : TextFormat.values()) {
            for (Language language : Language.values()) {
                scribes.add(new Scribe(format, language));
            }
        }
        return scribes;
    }

    private static int choice(byte[] input) {
        CRC32 sum = new CRC32();
        sum.update(input);
        return (int) (sum.getValue() % SCRIBES.size());
    }
}
