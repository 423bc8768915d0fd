package dev.mackerelredmine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One word for one thing, and only words that a reader knows: these do not come back. */
@Tag("fast")
final class WordsTest {

    private static final List<Path> READ = Stream.of(
                    "README.md",
                    "README.ja.md",
                    "CHANGELOG.md",
                    "CONTRIBUTING.md",
                    "SECURITY.md",
                    "application.properties",
                    "docs",
                    "routes",
                    "examples",
                    "deploy",
                    "src/main/resources/texts",
                    "src/main/resources/web")
            .map(Path::of)
            .toList();

    private static final Set<String> NAMED_ONLY = Set.of("src", "e2e", "bench");

    private static final Set<String> NOT_OURS = Set.of("target", "node_modules", ".state");

    private static final Pattern COMMENT_OR_SQL = Pattern.compile("^\\s*(?:/\\*|\\*|//|@Sql).*");

    private static final Pattern STRING = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*[ \\P{ASCII}](?:[^\"\\\\]|\\\\.)*\"");

    private static final Pattern STORED_AS_TOLD = Pattern.compile(
            ".*(?:SELECT|INSERT|UPDATE|WHERE|SET|received).*|\\btold \\(the last event|\\b\\w+\\.told\\b|\"told\"|\\b(?:long|Reported) told\\b|[<>] told\\b|\\btold[(,]");

    private static final Pattern PARTS_OF_A_NAME = Pattern.compile("[^\\p{L}\\p{N}]+|(?<=\\p{Ll})(?=\\p{Lu})");

    private static final List<Word> WORDS = List.of(
            english("(?<!person who is )(?<!people who are )told", "reported, written, notified"),
            english("besides", "also, in addition"),
            english("(?:got|gets?|getting) over", "handled"),
            english("mend(?:s|ed|ing)?", "correct, fix"),
            english("whole story", "history"),
            english("without a word", "silently, and reports no error"),
            english("could not be looked (?:at|for)", "check failed"),
            english("what (?:is|was) done besides", "action after a ticket change"),
            english("delivery\\.look-every", "delivery.poll-interval"),
            english("delivery\\.first-retry", "delivery.initial-backoff"),
            english("delivery\\.longest-retry", "delivery.max-backoff"),
            english("redmine\\.settle(?![\\w-])", "redmine.settle-time"),
            english("store\\.keep", "store.retention"),
            english("unheard", "without a webhook, lost"),
            english("untold", "unreported, not reported yet"),
            english("befalls?|befell", "a fault is injected"),
            english("deeds?", "action"),
            english("strikers?", "executor"),
            english(
                    "(?:one|each|last|next|first|another|every) looks?(?! (?:at|for|up|in|into|again|first|ahead))",
                    "poll, check"),
            japanese("当方", "このサービス、ボット、mackerel-redmine"),
            japanese("本製品", "このサービス、mackerel-redmine"),
            japanese("出会", "返す、受け取る"),
            japanese("何も言わず", "エラーを返さずに"),
            japanese("ひとりでに", "自動的に"),
            japanese("起こしません", "通知しません"),
            japanese("すき間", "停止時間"),
            japanese("だれ", "誰"),
            japanese("手作り", "自作"),
            japanese("一生", "ライフサイクル"),
            japanese("追いかけ", "反映する、更新を続ける"),
            japanese("モニター", "監視ルール"),
            japanese("注記", "コメント"),
            japanese("未終了", "未完了"),
            japanese("チケットを完了", "チケットを終了"),
            japanese("深刻度|重要度", "重大度"),
            japanese("わか[らりるっ]", "分か…"),
            japanese("管理ポート", "管理用ポート"),
            japanese("担当者(?:への通知|への呼び出し|に通知|の操作)", "呼び出し、当番、人の操作(担当者は Redmine の欄だけ)"),
            japanese("誰にも通知", "誰も呼び出さない"),
            japanese("対応済み", "対応あり、対応開始"),
            japanese("引き受け", "対応を始める"),
            japanese("取り下げ", "対応の取り消し"),
            japanese("再通知", "通知の再送、継続中のコメント"),
            japanese("配送", "配信"),
            japanese("ストア", "保存先"),
            japanese("差し引き", "最終的な状態だけを反映する"),
            japanese("手前にあるもの", "手前のプロキシなど"),
            japanese("控え[たて]", "保留した、送らずにまとめた"),
            japanese("出荷時", "初期状態、初期設定"),
            japanese("多くて", "最大でも"),
            japanese("同上", "何と同じか"),
            japanese("重い|悪い状態", "重大度の高い"),
            japanese("ロボット", "別のボット"),
            japanese("写し", "コピー"),
            japanese("文書", "ドキュメント"),
            japanese("試験", "テスト"),
            japanese("負荷分散装置", "ロードバランサー"),
            japanese("見な[しす]", "みなす"),
            japanese("気付", "気づく"),
            japanese("いりません|要りません|要らない", "不要です"),
            japanese("毎週の報告", "週次レポート"),
            japanese("(?:サーバ|ユーザ|フォルダ|メモリ|コンテナ|ブラウザ|プロキシー|マシーン)(?![ー])", "サーバー、ユーザー、フォルダー、メモリー、コンテナー、ブラウザー、プロキシ"));

    record Word(Pattern pattern, String instead) {

        List<String> in(String text) {
            return pattern.matcher(text)
                    .results()
                    .map(found -> "\"" + found.group() + "\": write " + instead)
                    .toList();
        }
    }

    private static Word english(String word, String instead) {
        return new Word(Pattern.compile("(?<![\\w])(?i:" + word + ")(?![\\w])"), instead);
    }

    private static Word japanese(String word, String instead) {
        return new Word(Pattern.compile(word), instead);
    }

    @Test
    void no_page_text_or_route_has_a_word_that_was_given_up() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path root : READ) {
            for (Path file : files(root)) {
                found.addAll(findings(file, UnaryOperator.identity()));
            }
        }

        assertThat(found).isEmpty();
    }

    /** What a person reads: help, messages, log lines, the texts of settings. */
    @Test
    void no_sentence_in_java_has_one() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : files(Path.of("src/main/java"))) {
            found.addAll(findings(
                    file,
                    line -> COMMENT_OR_SQL.matcher(line).matches()
                            ? ""
                            : STRING.matcher(line)
                                    .results()
                                    .map(MatchResult::group)
                                    .collect(Collectors.joining(" "))));
        }

        assertThat(found).isEmpty();
    }

    private static List<String> findings(Path file, UnaryOperator<String> part) throws IOException {
        List<String> found = new ArrayList<>();
        int number = 0;
        for (String line : lines(file)) {
            number++;
            for (String finding : findings(part.apply(line))) {
                found.add(file + ":" + number + ": " + finding);
            }
        }
        return found;
    }

    private static List<String> findings(String text) {
        return WORDS.stream().flatMap(word -> word.in(text).stream()).toList();
    }

    /** The column {@code told} is in stores that people have; the code that reads it keeps its name. */
    @Test
    void no_comment_or_name_in_java_has_one() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path root :
                List.of(Path.of("src/main/java"), Path.of("src/test/java"), Path.of("e2e"), Path.of("bench"))) {
            for (Path file : files(root)) {
                if (file.toString().endsWith(".java")
                        && !file.endsWith("WordsTest.java")
                        && !file.toString().endsWith("Sql.java")) {
                    found.addAll(findings(
                            file,
                            line -> PARTS_OF_A_NAME
                                    .matcher(STORED_AS_TOLD
                                            .matcher(line)
                                            .replaceAll("")
                                            .replaceAll("\\P{ASCII}", ""))
                                    .replaceAll(" ")));
                }
            }
        }

        assertThat(found).isEmpty();
    }

    @Test
    void no_file_is_named_by_such_a_word() throws IOException {
        List<String> found = new ArrayList<>();
        List<Path> roots =
                Stream.concat(READ.stream(), NAMED_ONLY.stream().map(Path::of)).toList();
        for (Path root : roots) {
            for (Path file : files(root)) {
                String words = PARTS_OF_A_NAME.matcher(file.toString()).replaceAll(" ");
                findings(words).forEach(finding -> found.add(file + ": " + finding));
            }
        }

        assertThat(found).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "The operator is told.",
                "at the next look",
                "It is slow, and Besides it fails",
                "mended",
                "store.keep",
                "redmine.settle=1m",
                "当方が終了",
                "再起動の間、503 に出会います",
                "注記を追加",
                "メモリが足りない",
                "担当者への通知",
                "対応済みのアラート"
            })
    void finds(String text) {
        assertThat(findings(text)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a person who is told",
                "amended, recommended",
                "redmine.settle-time",
                "the bookkeeper's store.keeper",
                "誰が",
                "メモリーは",
                "終了した注意書き",
                "担当者に割り当てる",
                "要りようなもの"
            })
    void leaves_alone_what_only_looks_like_one(String text) {
        assertThat(findings(text)).isEmpty();
    }

    private static List<String> lines(Path file) throws IOException {
        try {
            return Files.readAllLines(file);
        } catch (MalformedInputException binary) {
            return List.of();
        }
    }

    private static List<Path> files(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> Stream.iterate(file, path -> path != null, Path::getParent)
                            .map(path -> path.getFileName().toString())
                            .noneMatch(NOT_OURS::contains))
                    .toList();
        }
    }
}
