package dev.mackerelredmine.text;

import freemarker.core.InvalidReferenceException;
import freemarker.core.OutputFormat;
import freemarker.core.ParseException;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.SimpleObjectWrapper;
import freemarker.template.Template;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import freemarker.template.TemplateModel;
import freemarker.template.TemplateModelException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/** One template, which can read what it is given and nothing else of Java. */
final class TextTemplate {

    private final Template template;

    TextTemplate(String name, String source, OutputFormat format) {
        try {
            template = new Template(name, source, configuration(format));
        } catch (ParseException e) {
            throw new TextsException(name + ", line " + e.getLineNumber() + ": " + line(e.getEditorMessage()), e);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can be read", e);
        }
    }

    String fill(Map<String, ?> values) {
        StringWriter text = new StringWriter();
        try {
            template.process(values, text);
        } catch (TemplateException e) {
            throw new TextsException(template.getName() + ", line " + e.getLineNumber() + ": " + reason(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("text in memory can be written", e);
        }
        return text.toString();
    }

    private static String reason(TemplateException e) {
        return e instanceof InvalidReferenceException
                ? "there is no " + e.getBlamedExpressionString()
                : line(e.getMessageWithoutStackTop());
    }

    private static String line(String message) {
        return message.lines().findFirst().orElse("");
    }

    private static Configuration configuration(OutputFormat format) {
        Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);
        configuration.setOutputFormat(format);
        configuration.setObjectWrapper(new Wrapper(configuration));
        configuration.setNumberFormat("computer");
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
        return configuration;
    }

    /** Knows maps, lists, texts and numbers, and what is already in the output format. */
    private static final class Wrapper extends SimpleObjectWrapper {

        private final Configuration configuration;

        Wrapper(Configuration configuration) {
            super(configuration.getIncompatibleImprovements());
            this.configuration = configuration;
        }

        @Override
        public TemplateModel wrap(Object value) throws TemplateModelException {
            if (value instanceof Markup markup
                    && configuration.getOutputFormat() instanceof RedmineOutputFormat format) {
                return format.fromMarkup(markup.text());
            }
            return super.wrap(value instanceof Markup markup ? markup.plain() : value);
        }
    }
}
