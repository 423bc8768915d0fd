package dev.mackerelredmine.cli;

import dev.mackerelredmine.setup.Person;
import java.io.Console;
import java.util.Optional;

/** Whoever sits at this terminal. */
final class TerminalPerson implements Person {

    private final Console console;

    private TerminalPerson(Console console) {
        this.console = console;
    }

    /** Empty where there is no terminal, as in a script. */
    static Optional<Person> there() {
        Console console = System.console();
        return console == null || !isTerminal(console) ? Optional.empty() : Optional.of(new TerminalPerson(console));
    }

    /** Since Java 22 there is a console where there is no terminal, too. */
    private static boolean isTerminal(Console console) {
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException olderJava) {
            return true;
        }
    }

    @Override
    public String ask(String question) {
        String line = console.readLine("%s", question);
        return line == null ? "" : line;
    }

    @Override
    public String askSecret(String question) {
        char[] secret = console.readPassword("%s", question);
        return secret == null ? "" : new String(secret);
    }

    @Override
    public void tell(String text) {
        console.printf("%s%n", text);
    }
}
