package dev.mackerelredmine.text;

import freemarker.cache.ClassTemplateLoader;
import freemarker.core.HTMLOutputFormat;
import freemarker.core.TemplateClassResolver;
import freemarker.template.Configuration;
import freemarker.template.DefaultObjectWrapperBuilder;
import freemarker.template.TemplateException;
import freemarker.template.TemplateExceptionHandler;
import java.io.IOException;
import java.io.StringWriter;
import java.util.Map;

/**
 * Pages of HTML out of templates in the jar. Whatever is filled in is escaped, unless it is markup of the templates' own macros. A template may
 * read the components and methods of the records that it is given.
 */
public final class HtmlPages {

    private final Configuration configuration = new Configuration(Configuration.VERSION_2_3_34);

    /** @param folder of the class path, such as {@code /web} */
    public HtmlPages(String folder) {
        configuration.setTemplateLoader(new ClassTemplateLoader(HtmlPages.class, folder));
        configuration.setRecognizeStandardFileExtensions(true);
        configuration.setOutputFormat(HTMLOutputFormat.INSTANCE);
        configuration.setDefaultEncoding("UTF-8");
        configuration.setOutputEncoding("UTF-8");
        configuration.setObjectWrapper(new DefaultObjectWrapperBuilder(Configuration.VERSION_2_3_34).build());
        configuration.setNumberFormat("computer");
        configuration.setLocalizedLookup(false);
        configuration.setNewBuiltinClassResolver(TemplateClassResolver.ALLOWS_NOTHING_RESOLVER);
        configuration.setTemplateExceptionHandler(TemplateExceptionHandler.RETHROW_HANDLER);
        configuration.setLogTemplateExceptions(false);
        configuration.setWrapUncheckedExceptions(true);
    }

    /** @param template its file's name, such as {@code overview.ftlh} */
    public String fill(String template, Map<String, ?> values) {
        StringWriter page = new StringWriter();
        try {
            configuration.getTemplate(template).process(values, page);
        } catch (TemplateException e) {
            throw new TextsException(template + ": " + e.getMessageWithoutStackTop(), e);
        } catch (IOException e) {
            throw new TextsException(template + ": " + e.getMessage(), e);
        }
        return page.toString();
    }
}
