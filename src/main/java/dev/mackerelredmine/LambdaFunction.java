package dev.mackerelredmine;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.mackerelredmine.lambda.FunctionCamel;
import dev.mackerelredmine.lambda.Invocations;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The Lambda function. All is started in its phase of initialisation, once for each environment. */
public final class LambdaFunction implements RequestStreamHandler {

    /** So much has to be left for another delivery. */
    private static final int ENOUGH_FOR_A_DELIVERY = 12_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Invocations invocations = new Invocations(FunctionCamel.start(System.getenv()));

    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        JSON.writeValue(
                output,
                invocations.handle(
                        JSON.readTree(input), () -> context.getRemainingTimeInMillis() < ENOUGH_FOR_A_DELIVERY));
    }
}
