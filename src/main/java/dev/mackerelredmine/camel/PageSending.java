package dev.mackerelredmine.camel;

import dev.mackerelredmine.paging.message.Page;
import dev.mackerelredmine.paging.message.PageFailedException;
import dev.mackerelredmine.settings.SettingNames;
import java.io.IOException;
import java.net.URI;
import java.util.Comparator;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.http.base.HttpOperationFailedException;

/** In a doCatch around the sending of a page: says in one line why the means did not take it, and none of what may be a secret. */
public final class PageSending implements Processor {

    private static final int MOST_OF_AN_ANSWER = 100;
    private static final int SHORTEST_SECRET = 5;
    private static final Pattern ADDRESS = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^\\s\"'<>()]+");

    /** @throws PageFailedException that names the setting which is missing, where the branch has one */
    public void requireAddress(Page page, String address) throws PageFailedException {
        if (address != null && !address.isBlank()) {
            return;
        }
        String setting = "notify." + page.means() + ".url";
        throw new PageFailedException(
                SettingNames.ALL.contains(setting)
                        ? SettingNames.both(setting) + " is not set"
                        : page.person() + " has no address for the means " + page.means());
    }

    @Override
    public void process(Exchange exchange) throws PageFailedException {
        Exception caught = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class);
        String address = exchange.getMessage().getHeader(Exchange.HTTP_URI, "", String.class);
        throw new PageFailedException(why(caught, address));
    }

    private static String why(Exception caught, String address) {
        if (caught instanceof HttpOperationFailedException answered) {
            String said = withoutSecrets(Objects.toString(answered.getResponseBody(), ""), address);
            return "the answer was " + answered.getStatusCode() + (said.isEmpty() ? "" : ": " + said);
        }
        Throwable reason = causes(caught).reduce((outer, inner) -> inner).orElse(caught);
        boolean mayShowTheAddress = !address.isEmpty() && causes(caught).noneMatch(IOException.class::isInstance);
        return mayShowTheAddress
                ? "its address cannot be used (" + reason.getClass().getSimpleName() + ")"
                : withoutSecrets(
                        Objects.toString(reason.getMessage(), reason.getClass().getSimpleName()), address);
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** An error page likes to repeat what it was asked for. */
    private static String withoutSecrets(String text, String address) {
        String shown = ADDRESS.matcher(text).replaceAll("…");
        for (String part : parts(address)) {
            shown = shown.replace(part, "…");
        }
        shown = shown.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        int most = Math.min(shown.codePointCount(0, shown.length()), MOST_OF_AN_ANSWER);
        return shown.substring(0, shown.offsetByCodePoints(0, most));
    }

    /** All that follows the host, the longest first. */
    private static Iterable<String> parts(String address) {
        String behindHost = address.replaceFirst("^[^:/]+://[^/?#]*", "");
        String user = Objects.requireNonNullElse(userInfo(address), "");
        return Stream.concat(Stream.of(behindHost), Stream.of((behindHost + "/" + user).split("[/?&=#:]")))
                .filter(part -> part.length() >= SHORTEST_SECRET)
                .sorted(Comparator.comparing(String::length).reversed())::iterator;
    }

    private static String userInfo(String address) {
        try {
            return URI.create(address).getUserInfo();
        } catch (IllegalArgumentException noAddress) {
            return null;
        }
    }
}
