package dev.mackerelredmine;

import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** What AWS's client fails with. Only where it is there is this class loaded. */
final class AwsFailure {

    private static final int SERVICE_FAILS = 500;

    private AwsFailure() {}

    /** Whether AWS was not reached, or had no time, so that nobody has to mend anything. */
    static boolean mayPass(Throwable failure) {
        return failure instanceof SdkClientException
                || failure instanceof SdkServiceException answer
                        && (answer.statusCode() >= SERVICE_FAILS || answer.isThrottlingException());
    }
}
