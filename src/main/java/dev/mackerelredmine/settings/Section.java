package dev.mackerelredmine.settings;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** All settings whose names begin alike. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface Section {

    /** Without a dot. */
    String prefix();

    /** In application.properties. */
    String title();
}
