package dev.mackerelredmine.paging.message;

import java.util.LinkedHashMap;
import java.util.Map;

/** A page as Twilio reads it out. */
final class PhoneCall {

    /** Said twice that is about a minute. TwiML may have 4,000 characters. */
    private static final int MOST = 500;

    private static final String NUMBER = "\\+[1-9]\\d{6,14}";

    private PhoneCall() {}

    static String twilioForm(Page page, String from, String language) {
        if (page.contact() == null || !page.contact().matches(NUMBER)) {
            throw new IllegalArgumentException(
                    "the contact of " + page.person() + " is no number such as +819012345678");
        }
        Map<String, String> form = new LinkedHashMap<>();
        form.put("To", page.contact());
        form.put("From", from);
        form.put("Twiml", twiml(page, language));
        return PlainText.form(form);
    }

    /** An address is not read out. */
    static String twiml(Page page, String language) {
        String said = PlainText.oneLine(page.text()).replaceAll("\\s*:?\\s+[a-z]+://\\S+", "");
        return "<Response><Say language=\"" + (language.equals("ja") ? "ja-JP" : "en-US") + "\" loop=\"2\">"
                + escaped(PlainText.cut(said, MOST)) + "</Say></Response>";
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&apos;");
    }
}
