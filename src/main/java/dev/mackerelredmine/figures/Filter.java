package dev.mackerelredmine.figures;

/** Which alerts count. What is empty takes all; the severity 0, too. */
public record Filter(String service, String role, String monitor, String host, int severity) {

    public static final Filter ALL = new Filter("", "", "", "", 0);

    /** Whether it does not matter what they are about. */
    public boolean takesEverySubject() {
        return service.isEmpty() && role.isEmpty() && monitor.isEmpty() && host.isEmpty();
    }

    public boolean takes(int severityOfAlert) {
        return severity == 0 || severity == severityOfAlert;
    }
}
