package dev.mackerelredmine.text;

import freemarker.core.CommonMarkupOutputFormat;
import java.io.IOException;
import java.io.Writer;
import java.util.function.UnaryOperator;

/** Makes FreeMarker escape all that a template fills in, so that nobody who writes one can forget it. */
final class RedmineOutputFormat extends CommonMarkupOutputFormat<RedmineOutput> {

    private final UnaryOperator<String> escape;

    RedmineOutputFormat(UnaryOperator<String> escape) {
        this.escape = escape;
    }

    @Override
    public String getName() {
        return "redmine";
    }

    @Override
    public String getMimeType() {
        return null;
    }

    @Override
    public void output(String text, Writer out) throws IOException {
        out.write(escape.apply(text));
    }

    @Override
    public String escapePlainText(String text) {
        return escape.apply(text);
    }

    @Override
    public boolean isLegacyBuiltInBypassed(String builtIn) {
        return false;
    }

    @Override
    protected RedmineOutput newTemplateMarkupOutputModel(String text, String markup) {
        return new RedmineOutput(this, text, markup);
    }
}
