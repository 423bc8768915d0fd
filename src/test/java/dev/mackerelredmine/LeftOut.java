package dev.mackerelredmine;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.TestPlan;

/** Keeps which tests were left out and why, for {@link LeftOutReport} to say when all have run. */
public final class LeftOut implements TestExecutionListener {

    private final Map<String, Set<String>> leftOut = new TreeMap<>();

    @Override
    public void executionSkipped(TestIdentifier test, String reason) {
        leaveOut(test, reason);
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.ABORTED) {
            leaveOut(test, result.getThrowable().map(Throwable::getMessage).orElse("no reason was given"));
        }
    }

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        LeftOutReport.add(leftOut);
        leftOut.clear();
    }

    private void leaveOut(TestIdentifier test, String reason) {
        leftOut.computeIfAbsent(reason.replaceAll("\\s+", " "), key -> new TreeSet<>())
                .add(name(test));
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
