package dev.mackerelredmine.redmine.check;

/** Redmine did not answer a question that it answers to everybody who got so far. */
final class NotAnsweredException extends RuntimeException {

    NotAnsweredException(Answer answer) {
        super(answer.failure() == null ? "Redmine's answer was not its JSON" : answer.failure());
    }
}
