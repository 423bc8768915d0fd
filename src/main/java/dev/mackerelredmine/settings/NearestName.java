package dev.mackerelredmine.settings;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Which known name a person meant who wrote another. */
public final class NearestName {

    private static final int MOST_SLIPS = 2;
    private static final int LETTERS_FOR_A_SLIP = 3;

    private NearestName() {}

    /** The known name with the fewest slips, if there are few enough for its length. */
    static Optional<String> of(String written, Collection<String> known) {
        return known.stream()
                .filter(name -> slips(written, name) <= allowed(name.length()))
                .min(Comparator.<String>comparingInt(name -> slips(written, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    /** The end of a message: {@code : is NAME meant?}, or nothing. */
    public static String question(String written, Collection<String> known) {
        return of(written, known).map(name -> ": is " + name + " meant?").orElse("");
    }

    /** A short name is near to many: it may have fewer slips. */
    static int allowed(int letters) {
        return Math.min(MOST_SLIPS, letters / LETTERS_FOR_A_SLIP);
    }

    /** How many letters have to be changed, put in, left out, or changed round with their neighbour. */
    static int slips(String a, String b) {
        int[][] least = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    least[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                least[i][j] = Math.min(least[i - 1][j - 1] + change, 1 + Math.min(least[i - 1][j], least[i][j - 1]));
                boolean isSwap =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (isSwap) {
                    least[i][j] = Math.min(least[i][j], least[i - 2][j - 2] + 1);
                }
            }
        }
        return least[a.length()][b.length()];
    }
}
