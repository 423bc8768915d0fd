package dev.mackerelredmine.trends;

import dev.mackerelredmine.web.Screen;
import dev.mackerelredmine.web.Visitor;
import java.util.Map;

/** The trends, for people, for programs and for spreadsheets. */
public final class TrendsScreen implements Screen {

    private final TrendsReader reader;

    public TrendsScreen(TrendsReader reader) {
        this.reader = reader;
    }

    @Override
    public String path() {
        return "/trends";
    }

    @Override
    public String template() {
        return "trends.ftlh";
    }

    @Override
    public Map<String, ?> show(Visitor visitor, Map<String, String> query) {
        TrendsAnswer answer = answer(visitor, query);
        return Map.of("view", new TrendsView(answer, visitor, isJapanese(visitor)));
    }

    @Override
    public Object data(Visitor visitor, Map<String, String> query) {
        return TrendsJson.of(answer(visitor, query), isJapanese(visitor));
    }

    @Override
    public String csv(Visitor visitor, Map<String, String> query) {
        return new TrendsCsv(answer(visitor, query), isJapanese(visitor)).table(query.get("table"));
    }

    private TrendsAnswer answer(Visitor visitor, Map<String, String> query) {
        TrendsQuestion question = TrendsQuestion.of(
                query::get, visitor.now().atZone(visitor.zone()).toLocalDate(), visitor.zone());
        return reader.read(question.period(), question.filter());
    }

    private static boolean isJapanese(Visitor visitor) {
        return visitor.language().equals("ja");
    }
}
