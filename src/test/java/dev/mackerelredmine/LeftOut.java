package dev.mackerelredmine;

import java.util.Map;
import java.util.TreeMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Says at the end of a test run, in one line for each class, which tests were left out and why. */
public final class LeftOut implements TestExecutionListener {

    private final Map<String, String> reasons = new TreeMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        reasons.put(name(test), reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            reasons.put(
                    name(test), result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        reasons.forEach((name, reason) ->
                System.out.println("Left out: " + name + ", because " + reason.replaceAll("\\s+", " ")));
    }

    private static String name(TestIdentifier test) {
        return test.getSource()
                .map(source -> {
                    if (source instanceof ClassSource type) {
                        return simple(type.getClassName());
                    }
                    return source instanceof MethodSource method
                            ? simple(method.getClassName())
                            : test.getDisplayName();
                })
                .orElseGet(test::getDisplayName);
    }

    private static String simple(String className) {
        return className.substring(className.lastIndexOf('.') + 1);
    }
}
