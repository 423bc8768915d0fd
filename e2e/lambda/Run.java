package dev.mackerelredmine.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Invokes the function in the layout of a managed runtime. Arguments: JAVA TASK CLIENT NOTIFICATION COMMAND, as e2e/lambda/run gives them. */
class Run {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM = 20;

    public static void main(String[] arguments) throws Exception {
        String notification = Files.readString(Path.of(arguments[3]));
        try (LambdaRuntime function = LambdaRuntime.managed(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]))) {
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
