package faults;

import faults.History.Alert;
import faults.History.Change;
import faults.History.Course;
import faults.History.Kind;
import faults.History.Problem;

/** Alerts of a history that is written down here, not drawn, and what was answered to their posts. */
final class Lives {

    final History history = new History(1, 0, 1);

    Problem problem(Kind kind, Course course) {
        Problem problem = new Problem(history.problems.size() + 1, kind, course);
        history.problems.add(problem);
        return problem;
    }

    /** An alert that comes to have these statuses, one after the other. */
    Alert alert(Problem problem, boolean soon, String... statuses) {
        int number = history.alerts().size() + 1;
        Alert alert = new Alert(problem, number, "alert" + number, soon);
        for (String status : statuses) {
            int change = alert.changes.size() + 1;
            alert.changes.add(new Change(alert, change, number * 10_000L + change * 60L, status));
        }
        problem.alerts.add(alert);
        return alert;
    }

    Alert alert(Kind kind, String... statuses) {
        return alert(problem(kind, Course.ALONE), false, statuses);
    }

    static Change change(Alert alert, int number) {
        return alert.changes.get(number - 1);
    }

    /** Each is posted when the one before it was answered with 202. */
    static void accepted(Alert alert, int... changes) {
        for (int change : changes) {
            unanswered(alert, change);
            change(alert, change).isInAt = alert.problem.attempts;
        }
    }

    static void accepted(Alert alert) {
        alert.changes.forEach(change -> accepted(alert, change.number));
    }

    /** Nobody knows whether it came in. */
    static void unanswered(Alert alert, int change) {
        int attempt = ++alert.problem.attempts;
        change(alert, change).mayBeInAt = Math.min(change(alert, change).mayBeInAt, attempt);
    }

    /** All that was drawn is posted, and answered with 202. */
    static void acceptAll(History history) {
        history.problems.forEach(
                problem -> problem.posts.forEach(post -> accepted(post.change().alert, post.change().number)));
    }
}
