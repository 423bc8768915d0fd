package dev.mackerelredmine.cli;

import dev.mackerelredmine.camel.Routes;
import dev.mackerelredmine.camel.ShutdownWatchdog;
import dev.mackerelredmine.demo.Demo;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Shows the pages with something on them. */
@Command(
        name = "demo",
        description = {
            "Shows the web page with data: the service as a preview, with eight weeks of a fictional web shop, people who take tickets,"
                    + " incidents, pages to people and a parked alert. Ctrl+C ends it.",
            "It needs no Redmine, no Mackerel and no network, and sends nothing. Its store is in a new temporary folder. Only this"
                    + " machine can open it, on the service's ports; SERVER_PORT and MANAGEMENT_PORT set others. Settings in files"
                    + " are ignored; it does not start with any other setting as an environment variable.",
            "Ends with 0; with 2 when a port is in use, or an environment variable is not allowed."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class DemoCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        System.setProperty("mackerel-redmine.log.level", "WARN");
        RunCommand.prepareNetty();
        Demo demo = Demo.make();
        Main main = demo.main();
        ShutdownWatchdog.watch(main);
        main.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport started) {
                try {
                    demo.fill();
                } catch (Exception e) {
                    throw new IllegalStateException("the demonstration could not be made", e);
                }
                say(demo);
            }
        });
        return Routes.run(main);
    }

    private void say(Demo demo) {
        String port = demo.main().getCamelContext().resolvePropertyPlaceholders("{{management.port}}");
        PrintWriter out = spec.commandLine().getOut();
        out.println("The demonstration is ready: http://127.0.0.1:" + port + "/");
        out.println(
                "Eight weeks of a fictional web shop are in " + demo.folder() + ". Nothing is sent. Ctrl+C ends it.");
        out.flush();
    }
}
