package dev.mackerelredmine.aws;

import java.time.Duration;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Makes AWS's client of Lambda for examples/ticket-changed/lambda.camel.yaml. */
public final class LambdaClients {

    /** Of one call, whatever happens in it; the next try is ours. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(25);

    private LambdaClients() {}

    /** Region, credentials and endpoint are found as AWS's SDK finds them. */
    public static LambdaClient client() {
        return LambdaClient.builder()
                .overrideConfiguration(
                        calls -> calls.apiCallTimeout(LONGEST_CALL).retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
    }
}
