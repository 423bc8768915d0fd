package dev.mackerelredmine.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting. Its name is that of the record's {@link Section} and that of the component, {@code delivery.poll-interval} for
 * {@code DeliverySettings.pollInterval}; its kind is the component's type. All else that is known of it stands here: the check,
 * application.properties and the pages of docs/ are made of it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
@interface Setting {

    /** The default; blank where it has none, and then the component may be null. */
    String value() default "";

    /** Of a number, or of a duration: 0 is then no duration at all. */
    int min() default 1;

    int max() default Integer.MAX_VALUE;

    /** Whether hardly anybody sets it: the pages have it in a table of its own, at their end. */
    boolean rare() default false;

    /** What it is, in English, as Markdown of docs/settings.md. */
    String en();

    /** The same in Japanese, as Markdown of docs/ja/settings.md. */
    String ja();
}
