import java.nio.file.Path;
import java.util.List;

/** What makes tickets of alerts. Each listens on SERVER_PORT, and takes its other settings from the same variables. */
enum Peer {
    OURS("mackerel-redmine", "is running") {
        @Override
        List<String> command(Path work, Path own) {
            return List.of(work.resolve("home/bin/mackerel-redmine").toString());
        }
    },
    FLOW("Node-RED flow", "Started flows") {
        @Override
        List<String> command(Path work, Path own) {
            return List.of(
                    "node", "target/peers/node-red/node_modules/node-red/red.js", "--userDir", own.toString(), "--settings", "bench/peers/settings.js");
        }
    },
    FUNCTION("original function", "listening") {
        @Override
        List<String> command(Path work, Path own) {
            return List.of("node", "bench/peers/function.mjs");
        }
    };

    final String title;

    /** What it says when it takes posts. */
    final String ready;

    Peer(String title, String ready) {
        this.title = title;
        this.ready = ready;
    }

    /** @param own a folder that no other process has, with flow.json in it */
    abstract List<String> command(Path work, Path own);

    /** Whether an answer says that the alert is kept, and is delivered later: all others answer when Redmine has answered. */
    boolean keeps() {
        return this == OURS;
    }
}
