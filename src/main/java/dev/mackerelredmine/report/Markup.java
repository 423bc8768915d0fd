package dev.mackerelredmine.report;

import java.util.List;

/** How a document is written. All texts are shown as they are, whatever they say. */
interface Markup {

    String heading(int level, String text);

    String paragraph(String text);

    String list(List<List<Cell>> items);

    String table(List<String> titles, List<List<Cell>> rows);
}
