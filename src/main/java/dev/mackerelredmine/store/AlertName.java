package dev.mackerelredmine.store;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How a person names an alert. Null is what the name does not say. */
record AlertName(String org, String id, Long issue) {

    private static final Pattern TICKET = Pattern.compile("#(\\d{1,18})");
    private static final Pattern ADDRESS =
            Pattern.compile("https?://.+?(?:/orgs/([^/?#]+))?/alerts/([A-Za-z0-9]+)/?(?:[?#].*)?");
    private static final Pattern WITH_ORG = Pattern.compile("(.+)/([^/]+)");

    static AlertName of(String meant) {
        String name = meant.strip();
        Matcher ticket = TICKET.matcher(name);
        if (ticket.matches()) {
            return new AlertName(null, null, Long.valueOf(ticket.group(1)));
        }
        Matcher address = ADDRESS.matcher(name);
        if (address.matches()) {
            return new AlertName(address.group(1), address.group(2), null);
        }
        Matcher withOrg = WITH_ORG.matcher(name);
        return withOrg.matches()
                ? new AlertName(withOrg.group(1), withOrg.group(2), null)
                : new AlertName(null, name, null);
    }
}
