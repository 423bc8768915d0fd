package dev.mackerelredmine.lambda;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.MessageSystemAttributeName;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/**
 * The queue before the function: what Redmine does not take ends among the dead letters, and is delivered from there. What AWS does
 * between queue and function (it takes a batch, and deletes what did not fail) is done here in a few lines. Arguments: JAVA TASK CLIENT
 * NOTIFICATION, as e2e/lambda/queue/run gives them.
 */
class Queue {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int TRIES = 3;
    private static final long LONGEST = 90_000;

    private final SqsClient sqs;
    private final LambdaRuntime function;
    private final String dead;
    private final String queue;

    public static void main(String[] arguments) throws Exception {
        SQSRestServer server = SQSRestServerBuilder.withInterface("127.0.0.1").withPort(0).start();
        int port = server.waitUntilStarted().localAddress().getPort();
        try (SqsClient sqs = SqsClient.builder()
                        .endpointOverride(URI.create("http://127.0.0.1:" + port))
                        .region(Region.of("elasticmq"))
                        .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create("nobody", "of-nobody")))
                        .build();
                LambdaRuntime function = LambdaRuntime.managed(arguments[0], Path.of(arguments[1]), Path.of(arguments[2]))) {
            function.untilItIsReady();
            new Queue(sqs, function).run(Files.readString(Path.of(arguments[3])));
        }
        System.exit(0);
    }

    private Queue(SqsClient sqs, LambdaRuntime function) {
        this.sqs = sqs;
        this.function = function;
        dead = create("dead.fifo", Map.of());
        String arn = sqs.getQueueAttributes(asked -> asked.queueUrl(dead).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        queue = create(
                "alerts.fifo",
                Map.of(
                        QueueAttributeName.VISIBILITY_TIMEOUT, "1",
                        QueueAttributeName.REDRIVE_POLICY,
                                "{\"deadLetterTargetArn\":\"" + arn + "\",\"maxReceiveCount\":" + TRIES + "}"));
    }

    private String create(String name, Map<QueueAttributeName, String> more) {
        Map<QueueAttributeName, String> attributes = new HashMap<>(more);
        attributes.put(QueueAttributeName.FIFO_QUEUE, "true");
        attributes.put(QueueAttributeName.CONTENT_BASED_DEDUPLICATION, "true");
        return sqs.createQueue(made -> made.queueName(name).attributes(attributes)).queueUrl();
    }

    private void run(String notification) throws Exception {
        redmine("stop");
        for (String alert : List.of("2bjDeadA", "2bjDeadB", "2bjDeadA")) {
            send(queue, alert, notification.replace("2bj7ZsQ4bYh", alert));
        }
        System.out.println("posted 3, of which 1 was the same: waiting " + count(queue));
        long end = System.currentTimeMillis() + LONGEST;
        int tries = 0;
        while (count(dead) < 2 && System.currentTimeMillis() < end) {
            tries += invokeForABatch();
        }
        System.out.println("Redmine away: dead letters " + count(dead) + ", messages tried " + tries);

        redmine("up");
        for (Message letter : receive(dead)) {
            // A name of its own, because the same content within five minutes is taken once; letters that died in earnest are older.
            sqs.sendMessage(message -> message.queueUrl(queue)
                    .messageGroupId(letter.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID))
                    .messageDeduplicationId(letter.messageId())
                    .messageBody(letter.body()));
            sqs.deleteMessage(done -> done.queueUrl(dead).receiptHandle(letter.receiptHandle()));
        }
        end = System.currentTimeMillis() + LONGEST;
        while (count(queue) > 0 && System.currentTimeMillis() < end) {
            invokeForABatch();
        }
        System.out.println("redriven: waiting " + count(queue) + ", dead letters " + count(dead));
    }

    private static void redmine(String what) throws Exception {
        new ProcessBuilder("e2e/redmine/up", what).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start().waitFor();
    }

    private void send(String to, String group, String body) {
        sqs.sendMessage(message -> message.queueUrl(to).messageGroupId(group).messageBody(body));
    }

    private List<Message> receive(String from) {
        return sqs.receiveMessage(asked -> asked.queueUrl(from)
                        .maxNumberOfMessages(10)
                        .waitTimeSeconds(1)
                        .messageSystemAttributeNames(MessageSystemAttributeName.ALL))
                .messages();
    }

    /** How many of them were tried. */
    private int invokeForABatch() throws Exception {
        List<Message> messages = receive(queue);
        if (messages.isEmpty()) {
            return 0;
        }
        ObjectNode[] records = messages.stream()
                .map(message -> LambdaEvents.message(
                        message.messageId(),
                        message.attributes().get(MessageSystemAttributeName.MESSAGE_GROUP_ID),
                        message.body()))
                .toArray(ObjectNode[]::new);
        JsonNode answer = JSON.readTree(function.invoke(LambdaEvents.sqs(records).toString()));
        Set<String> failed = new HashSet<>(answer.path("batchItemFailures").findValuesAsText("itemIdentifier"));
        messages.stream()
                .filter(message -> !failed.contains(message.messageId()))
                .forEach(message -> sqs.deleteMessage(done -> done.queueUrl(queue).receiptHandle(message.receiptHandle())));
        return messages.size();
    }

    /** Those that wait, and those that somebody has taken and not deleted. */
    private int count(String of) {
        Map<QueueAttributeName, String> attributes = sqs.getQueueAttributes(asked -> asked.queueUrl(of)
                        .attributeNames(
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                                QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE))
                .attributes();
        return attributes.values().stream().mapToInt(Integer::parseInt).sum();
    }
}
