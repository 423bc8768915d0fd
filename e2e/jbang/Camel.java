import org.apache.camel.dsl.jbang.core.commands.CamelJBangMain;

/** The camel command. */
final class Camel {

    public static void main(String... arguments) {
        CamelJBangMain.run(arguments);
    }
}
