package dev.mackerelredmine.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.apache.camel.Body;
import org.apache.camel.Header;
import org.apache.camel.component.aws2.lambda.Lambda2Constants;

/** Reads what a Lambda function answered. */
public final class LambdaAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * The text of {@code {"note": "..."}}; null where the answer has none.
     *
     * @throws IOException where the function failed, which AWS answers with 200, or its answer is no JSON
     */
    public String note(@Body String answer, @Header(Lambda2Constants.FUNCTION_ERROR) String failure)
            throws IOException {
        if (failure != null) {
            throw new IOException("the function failed: " + answer);
        }
        if (answer == null || answer.isBlank()) {
            return null;
        }
        JsonNode note = JSON.readTree(answer).path("note");
        return note.isTextual() && !note.asText().isBlank() ? note.asText() : null;
    }
}
