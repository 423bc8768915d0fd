package dev.mackerelredmine.aws;

import dev.mackerelredmine.settings.PassingFailures;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;

/** Failures of AWS's client: AWS was not reached, or had no time. */
public final class AwsFailures implements PassingFailures {

    private static final int SERVICE_FAILS = 500;

    /** Without the part for AWS the classes named here are not there, and are not asked for. */
    @Override
    public boolean mayPass(Throwable failure) {
        return failure.getClass().getName().startsWith("software.amazon.awssdk.") && mayPassInAws(failure);
    }

    private static boolean mayPassInAws(Throwable failure) {
        return failure instanceof SdkClientException
                || failure instanceof SdkServiceException answer
                        && (answer.statusCode() >= SERVICE_FAILS || answer.isThrottlingException());
    }
}
