package dev.mackerelredmine.watch;

import java.util.ArrayList;
import java.util.List;

/** A list in parts, each as long as one request may be. */
final class Parts {

    private Parts() {}

    static <T> List<List<T>> of(List<T> all, int most) {
        List<List<T>> parts = new ArrayList<>();
        for (int from = 0; from < all.size(); from += most) {
            parts.add(all.subList(from, Math.min(all.size(), from + most)));
        }
        return parts;
    }
}
