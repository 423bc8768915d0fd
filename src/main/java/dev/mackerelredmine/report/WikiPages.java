package dev.mackerelredmine.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.mackerelredmine.redmine.DeliveryException;
import dev.mackerelredmine.redmine.InvalidException;
import dev.mackerelredmine.redmine.LookUpFirstException;
import dev.mackerelredmine.redmine.ParkedException;
import dev.mackerelredmine.redmine.RefusedException;
import dev.mackerelredmine.redmine.Upload;
import dev.mackerelredmine.text.Section;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes our section of a page of Redmine's wiki. Each time it goes by the page's version: where somebody else was quicker it is read again.
 * What a person has to correct in Redmine has a message that says so.
 */
final class WikiPages {

    private static final int MOST_TRIES = 4;

    /** Redmine removes these from a title, and separates paths by one of them. */
    private static final Pattern NOT_IN_A_TITLE = Pattern.compile("[,./?;|:]");

    private final RedmineApi redmine;
    private final String project;

    /** @param project its identifier or number */
    WikiPages(RedmineApi redmine, String project) {
        this.redmine = redmine;
        this.project = encoded(project);
    }

    /** A page as it is. @param version null: there is none yet */
    private record Page(String text, Long version, List<String> attachments) {}

    /** A file to be attached, unless the page has one of that name. */
    record Attachment(String name, byte[] content) {}

    /**
     * @param attachment null: none
     * @return false where the page says the same already
     */
    boolean write(String title, Section section, String text, Attachment attachment) throws ReportException {
        if (title.isBlank() || NOT_IN_A_TITLE.matcher(title).find()) {
            throw new ReportException(
                    "\"" + title + "\" is no title of a wiki page: Redmine takes none with , . / ? ; | or :", null);
        }
        requireWiki();
        DeliveryException last = null;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            Page page = read(title);
            String wanted = section.into(page.text(), text);
            if (isSame(page.text(), wanted)) {
                return tries > 0;
            }
            try {
                put(title, page, wanted, attachment);
                return true;
            } catch (LookUpFirstException e) {
                if (e.request() == LookUpFirstException.Request.REFUSED) {
                    throw refused(title, e);
                }
                last = e;
            } catch (InvalidException e) {
                throw new ReportException("Redmine does not take the wiki page " + title + ": " + e.getMessage(), e);
            } catch (DeliveryException e) {
                throw new ReportException(e.getMessage(), e);
            }
        }
        throw new ReportException("the wiki page " + title + " could not be written: " + last.getMessage(), last);
    }

    private static boolean isSame(String one, String other) {
        return one.replace("\r\n", "\n")
                .strip()
                .equals(other.replace("\r\n", "\n").strip());
    }

    private void requireWiki() throws ReportException {
        try {
            JsonNode modules = redmine.get("/projects/" + project + ".json", "include=enabled_modules")
                    .at("/project/enabled_modules");
            boolean hasWiki = false;
            for (JsonNode module : modules) {
                hasWiki |= module.path("name").asText().equals("wiki");
            }
            if (!hasWiki) {
                throw new ReportException(
                        "the project " + project + " has no wiki: enable the module Wiki in the project's settings",
                        null);
            }
        } catch (DeliveryException e) {
            throw new ReportException(e.getMessage(), e);
        }
    }

    private Page read(String title) throws ReportException {
        try {
            JsonNode page = redmine.get(path(title), "include=attachments").path("wiki_page");
            return new Page(
                    page.path("text").asText(""),
                    page.path("version").asLong(),
                    page.path("attachments").findValuesAsText("filename"));
        } catch (ParkedException e) {
            return new Page("", null, List.of());
        } catch (RefusedException e) {
            throw new ReportException(
                    "the API key's user may not read the wiki of the project " + project
                            + ": give a role of that user the right \"View wiki\"",
                    e);
        } catch (DeliveryException e) {
            throw new ReportException(e.getMessage(), e);
        }
    }

    private void put(String title, Page page, String text, Attachment attachment) throws DeliveryException {
        Map<String, Object> wikiPage = new LinkedHashMap<>();
        wikiPage.put("text", text);
        wikiPage.put("comments", "mackerel-redmine");
        if (page.version() != null) {
            wikiPage.put("version", page.version());
        }
        if (attachment != null && !page.attachments().contains(attachment.name())) {
            String token = redmine.upload(attachment.name(), attachment.content());
            wikiPage.put("uploads", List.of(new Upload(token, attachment.name(), "text/html")));
        }
        redmine.put(path(title), Map.of("wiki_page", wikiPage));
    }

    private ReportException refused(String title, LookUpFirstException e) {
        return new ReportException(
                "the API key's user may not write the wiki page " + title + " of the project " + project
                        + ": give a role of that user the right \"Edit wiki pages\", or unprotect the page",
                e);
    }

    private String path(String title) {
        return "/projects/" + project + "/wiki/" + encoded(title) + ".json";
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
