package dev.mackerelredmine.settings;

/** A value that nothing may show. With each such setting there is one that names a file that holds it. */
public record Secret(String value) {

    @Override
    public String toString() {
        return "(secret)";
    }
}
