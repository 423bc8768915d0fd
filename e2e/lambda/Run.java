package dev.mackerelredmine.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Invokes the function in the layout of a managed runtime. Arguments: JAVA TASK CLIENT NOTIFICATION COMMAND, as e2e/lambda/run gives them. */
class Run {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM = 20;

    public static void main(String[] arguments) throws Exception {
        Path task = Path.of(arguments[1]);
        String notification = Files.readString(Path.of(arguments[3]));
        List<String> java = List.of(arguments[0], "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp", jars(Path.of(arguments[2])));
        Map<String, String> variables = System.getenv().entrySet().stream()
                .filter(variable -> variable.getKey().matches("(REDMINE|TICKET|STORE)_.*"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
        try (LambdaRuntime function = new LambdaRuntime(java, task, variables)) {
            long[] init = function.untilItIsReady();
            switch (arguments[4]) {
                case "ways" -> ways(function, notification);
                case "batch" -> System.out.println(function.invoke(batch(notification)));
                case "event" -> System.out.println(function.invoke(notification));
                case "start" -> start(function, init, notification);
                default -> throw new IllegalArgumentException(arguments[4]);
            }
        }
        System.exit(0);
    }

    /** Only AWS's client is on the class path; what was deployed is found in the folder. */
    private static String jars(Path client) throws Exception {
        try (Stream<Path> jars = Files.list(client)) {
            return jars.map(Path::toString).collect(Collectors.joining(":"));
        }
    }

    private static String ofAlert(String notification, String id) {
        return notification.replace("2bj7ZsQ4bYh", id);
    }

    private static void ways(LambdaRuntime function, String notification) {
        int n = 0;
        for (String way : LambdaEvents.ofAllKinds(notification).keySet()) {
            String id = "2bjWay" + ++n;
            System.out.println(id + " by " + way + ": "
                    + function.invoke(LambdaEvents.ofAllKinds(ofAlert(notification, id)).get(way)));
        }
    }

    private static String batch(String notification) {
        return LambdaEvents.sqs(
                        LambdaEvents.message("m1", "a", ofAlert(notification, "2bjQueueA")),
                        LambdaEvents.message("m2", "b", ofAlert(notification, "2bjQueueB")),
                        LambdaEvents.message("m3", "a", ofAlert(notification, "2bjQueueA")))
                .toString();
    }

    private static void start(LambdaRuntime function, long[] init, String notification) throws Exception {
        List<Long> times = new ArrayList<>();
        for (int i = 0; i <= WARM; i++) {
            long began = System.nanoTime();
            JsonNode answer = JSON.readTree(function.invoke(ofAlert(notification, "2bjTimed" + i)));
            times.add((System.nanoTime() - began) / 1_000_000);
            if (!answer.path("alert").asText().equals("2bjTimed" + i)) {
                throw new IllegalStateException(answer.toString());
            }
        }
        long median = times.stream().skip(1).sorted().skip(WARM / 2).findFirst().orElseThrow();
        System.out.printf(
                "initialisation %d ms, %.1f CPU s; first invocation %d ms; warm %d ms (median of %d), each with a new ticket%n",
                init[0], init[1] / 1000.0, times.get(0), median, WARM);
    }
}
