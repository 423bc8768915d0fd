package dev.mackerelredmine;

import java.time.Duration;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** AWS's client of Lambda. Only where something is to be done by it is this class loaded. */
final class AwsLambda {

    /** Of one call, whatever happens in it; the next try is ours. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(25);

    private AwsLambda() {}

    /** Where, and as whom, AWS's own rules say. */
    static LambdaClient client() {
        return LambdaClient.builder()
                .overrideConfiguration(
                        calls -> calls.apiCallTimeout(LONGEST_CALL).retryStrategy(retries -> retries.maxAttempts(1)))
                .build();
    }
}
