package dev.mackerelredmine.camel;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.language.bean.BeanExpression;
import org.apache.camel.language.bean.RuntimeBeanExpressionException;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Calls a bean of the registry as {@code less(${variable.update}, ${variable.refusal})} says: the bean, the method and what its arguments are
 * made of are looked for once. Camel does so at each call, and copies the exchange with all its variables twice for it.
 */
final class MethodCall extends ExpressionAdapter {

    private static final String VALUE = "\\$\\{[\\w.\\-\\[\\]]+}";
    private static final Pattern CALL = Pattern.compile("(\\w+)(?:\\((" + VALUE + "(?:, " + VALUE + ")*)\\))?");
    private static final Pattern ARGUMENT = Pattern.compile(VALUE);

    private final BeanExpression camels;
    private final Object bean;
    private final Method method;
    private final List<Expression> arguments;

    private MethodCall(BeanExpression camels, Object bean, Method method, List<Expression> arguments) {
        this.camels = camels;
        this.bean = bean;
        this.method = method;
        this.arguments = arguments;
    }

    /** Empty where it is more than that, or where Camel has to choose among methods, or to convert what they answer. */
    static Optional<MethodCall> of(BeanExpression camels, CamelContext context) {
        Object bean = camels.getBeanName() == null || camels.getResultType() != null
                ? null
                : context.getRegistry().lookupByName(camels.getBeanName());
        Matcher call = CALL.matcher(String.valueOf(camels.getMethod()));
        if (bean == null || !call.matches()) {
            return Optional.empty();
        }
        List<Expression> arguments = ARGUMENT.matcher(camels.getMethod())
                .results()
                .map(MatchResult::group)
                .map(context.resolveLanguage("simple")::createExpression)
                .toList();
        arguments.forEach(argument -> argument.init(context));
        List<Method> methods = Arrays.stream(bean.getClass().getMethods())
                .filter(method -> method.getName().equals(call.group(1)))
                .toList();
        return methods.size() == 1 && isPlain(methods.get(0), bean, arguments.size())
                ? Optional.of(new MethodCall(camels, bean, methods.get(0), arguments))
                : Optional.empty();
    }

    private static boolean isPlain(Method method, Object bean, int arguments) {
        return method.getParameterCount() == arguments
                && method.getReturnType() != void.class
                && !method.isVarArgs()
                && method.canAccess(bean);
    }

    @Override
    public Object evaluate(Exchange exchange) {
        try {
            return method.invoke(bean, values(exchange));
        } catch (InvocationTargetException e) {
            return failed(exchange, e.getCause());
        } catch (ReflectiveOperationException | NoTypeConversionAvailableException e) {
            return failed(exchange, e);
        }
    }

    private Object[] values(Exchange exchange) throws NoTypeConversionAvailableException {
        Object[] values = new Object[arguments.size()];
        for (int i = 0; i < values.length; i++) {
            Object value = arguments.get(i).evaluate(exchange, Object.class);
            values[i] = value == null
                    ? null
                    : exchange.getContext()
                            .getTypeConverter()
                            .mandatoryConvertTo(method.getParameterTypes()[i], exchange, value);
        }
        return values;
    }

    /** As Camel does: of a call with arguments it throws the failure, of one without it leaves that in the exchange. */
    private Object failed(Exchange exchange, Throwable cause) {
        if (!arguments.isEmpty()) {
            throw new RuntimeBeanExpressionException(exchange, camels.getBeanName(), camels.getMethod(), cause);
        }
        exchange.setException(cause);
        return null;
    }

    @Override
    public String toString() {
        return camels.toString();
    }
}
