package faults;

import java.util.SplittableRandom;

/** What may go wrong between us and Redmine, and how often. Which one meets a request follows from the seed and the request's number. */
enum Fault {
    NONE(0, "passed on"),
    DROPPED_BEFORE(4, "dropped before it reached Redmine"),
    DROPPED_AFTER(5, "dropped after Redmine had done it"),
    LATE(2, "reached Redmine after we had given up"),
    SLOW(2, "answered after we had given up"),
    REFUSED_500(2, "500 without Redmine"),
    DONE_500(2, "500 although Redmine had done it"),
    REFUSED_502(2, "502 without Redmine"),
    RUNS_ON_502(2, "502 while it still runs in Redmine"),
    REFUSED_503(2, "503 without Redmine"),
    DONE_504(2, "504 although Redmine had done it"),
    TOO_MANY_429(2, "429 without Redmine"),
    CONFLICT_422(3, "lock conflict without Redmine"),
    CUT(4, "answer cut off in its midst"),
    PAGE_200(2, "200 with a login page without Redmine"),
    DONE_PAGE_200(2, "200 with a login page although Redmine had done it"),
    PAGE_4XX(2, "400 to 422 with a page without Redmine"),
    DONE_PAGE_4XX(2, "400 to 422 with a page although Redmine had done it"),
    REDIRECTED(1, "redirected without Redmine"),
    DONE_REDIRECTED(1, "redirected although Redmine had done it"),
    NOTHING_204(1, "204 without Redmine"),
    TRICKLED(1, "answer that trickles until we give up");

    private final int weight;
    private final String words;

    Fault(int weight, String words) {
        this.weight = weight;
        this.words = words;
    }

    /** A lock conflict is of changes only, and the 204 of a change is what Redmine itself answers: nobody can tell it from a false one. */
    private boolean isPossible(String method) {
        return switch (this) {
            case CONFLICT_422 -> method.equals("PUT");
            case NOTHING_204 -> method.equals("POST");
            case PAGE_200, DONE_PAGE_200, PAGE_4XX, DONE_PAGE_4XX, REDIRECTED, DONE_REDIRECTED -> !method.equals("GET");
            default -> true;
        };
    }

    static Fault of(SplittableRandom random, double rate, String method) {
        if (random.nextDouble() >= rate) {
            return NONE;
        }
        int left = random.nextInt(total(method));
        for (Fault fault : values()) {
            if (fault.isPossible(method) && (left -= fault.weight) < 0) {
                return fault;
            }
        }
        throw new IllegalStateException("the weights do not add up");
    }

    private static int total(String method) {
        int total = 0;
        for (Fault fault : values()) {
            total += fault.isPossible(method) ? fault.weight : 0;
        }
        return total;
    }

    @Override
    public String toString() {
        return words;
    }
}
