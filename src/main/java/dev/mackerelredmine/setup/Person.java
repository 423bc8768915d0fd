package dev.mackerelredmine.setup;

/** Whoever sets the service up, at a terminal. */
public interface Person {

    /** In one line; blank where nothing is entered. */
    String ask(String question);

    /** What is entered is not shown. */
    String askSecret(String question);

    void tell(String text);
}
