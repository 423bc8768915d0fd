package dev.mackerelredmine.aws;

import java.time.Duration;
import software.amazon.awssdk.services.lambda.LambdaClient;

/** Makes AWS's client of Lambda for examples/ticket-changed/lambda.camel.yaml. */
public final class LambdaClients {

    /** Of one call, whatever happens in it; the next try is ours. */
    private static final Duration LONGEST_CALL = Duration.ofSeconds(25);

    private LambdaClients() {}

    /**
     * A {@link LambdaClient}; region, credentials and endpoint are found as AWS's SDK finds them. The signature does not name it, because
     * Camel looks at the methods of this class also where the part for AWS is not there.
     */
    public static Object client() {
        try {
            return LambdaClient.builder()
                    .overrideConfiguration(calls ->
                            calls.apiCallTimeout(LONGEST_CALL).retryStrategy(retries -> retries.maxAttempts(1)))
                    .build();
        } catch (NoClassDefFoundError e) {
            throw new IllegalStateException(
                    "Lambda takes the part for AWS (mackerel-redmine-aws), to be unpacked over this installation");
        } catch (RuntimeException e) {
            throw new IllegalStateException("Lambda needs to know of AWS: set AWS_REGION. It says: " + e.getMessage());
        }
    }
}
