package dev.mackerelredmine.settings;

/** Says of failures that nobody has to correct, because they pass. Found by {@link java.util.ServiceLoader}. */
public interface PassingFailures {

    boolean mayPass(Throwable failure);
}
