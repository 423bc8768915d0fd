package dev.mackerelredmine.redmine.check;

import java.util.function.Supplier;

/** One thing to be checked. */
record Line(String subject, Supplier<Finding> check) {

    Finding finding() {
        try {
            return check.get();
        } catch (NotKnownException e) {
            return Finding.notChecked(subject, e.getMessage());
        } catch (NotAnsweredException e) {
            return Finding.wrong(subject, "could not be checked: " + e.getMessage(), "Check again");
        }
    }
}
