package dev.mackerelredmine.text;

import freemarker.core.CommonTemplateMarkupOutputModel;

/** What FreeMarker takes for text in Redmine's text format. */
final class RedmineOutput extends CommonTemplateMarkupOutputModel<RedmineOutput> {

    private final RedmineOutputFormat format;

    RedmineOutput(RedmineOutputFormat format, String text, String markup) {
        super(text, markup);
        this.format = format;
    }

    @Override
    public RedmineOutputFormat getOutputFormat() {
        return format;
    }
}
