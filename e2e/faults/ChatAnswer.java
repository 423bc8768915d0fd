package faults;

import java.util.SplittableRandom;

/** What the chat server does with a page, and how often. Which one meets a page follows from the seed and the request's number. */
enum ChatAnswer {
    TAKEN(0, 200, "taken"),
    SLOW(2, 200, "taken after a while"),
    LATE(1, 200, "taken after the service had given up"),
    REFUSED_500(5, 500, "refused with 500"),
    REFUSED_429(3, 429, "refused with 429"),
    REFUSED_403(2, 403, "refused with 403"),
    DROPPED_BEFORE(3, 0, "dropped before it was read"),
    DROPPED_AFTER(3, 0, "dropped after it was read");

    /** What it answers with; 0: with nothing. */
    final int status;

    private final int weight;
    private final String words;

    ChatAnswer(int weight, int status, String words) {
        this.weight = weight;
        this.status = status;
        this.words = words;
    }

    static ChatAnswer of(SplittableRandom random, double rate) {
        if (random.nextDouble() >= rate) {
            return TAKEN;
        }
        int total = 0;
        for (ChatAnswer answer : values()) {
            total += answer.weight;
        }
        int left = random.nextInt(total);
        for (ChatAnswer answer : values()) {
            if ((left -= answer.weight) < 0) {
                return answer;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    /** Whether the service can know that it was taken. */
    boolean isTaken() {
        return this == TAKEN || this == SLOW;
    }

    @Override
    public String toString() {
        return words;
    }
}
