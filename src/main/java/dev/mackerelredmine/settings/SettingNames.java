package dev.mackerelredmine.settings;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The names of all settings, as properties and as environment variables, and what is so near to one that it must be a slip. */
public final class SettingNames {

    public static final List<String> ALL = SettingTable.rows().stream()
            .filter(row -> !row.isFamily())
            .map(SettingRow::name)
            .toList();

    /** Those that nothing may show. Each has a second setting, by the name of {@link SettingRow#fileOf}. */
    public static final List<String> SECRETS = SettingTable.rows().stream()
            .filter(SettingRow::isSecret)
            .map(SettingRow::name)
            .toList();

    private static final String SECTIONS =
            SettingTable.rows().stream().map(SettingRow::section).distinct().collect(Collectors.joining("|"));

    private static final Pattern OURS = Pattern.compile("(" + SECTIONS + ")\\..+");

    /** One for each custom field, by its number: {@code redmine.field.12}. */
    private static final Pattern FIELD_DEFAULT = Pattern.compile("redmine\\.field\\.(\\d{1,18})");

    private static final Pattern FIELD_VARIABLE = Pattern.compile("REDMINE_FIELD_\\d{1,18}");

    private static final Pattern OUR_VARIABLES = Pattern.compile("(" + SECTIONS.toUpperCase(Locale.ROOT) + ")_.+");

    /** What Kubernetes sets in each container for each service of its namespace, whatever the service is called. */
    private static final Pattern KUBERNETES =
            Pattern.compile(".+_(SERVICE_HOST|SERVICE_PORT(_.+)?|PORT_\\d+_(TCP|UDP)(_.+)?)");

    private static final Pattern KUBERNETES_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    private SettingNames() {}

    public static String variable(String property) {
        return property.toUpperCase(Locale.ROOT).replaceAll("[.-]", "_");
    }

    /** Property and variable, as messages name a setting. */
    public static String both(String property) {
        return property + " (" + variable(property) + ")";
    }

    static List<String> unknown(Collection<String> properties) {
        return properties.stream()
                .filter(property -> OURS.matcher(property).matches())
                .filter(property -> !ALL.contains(property)
                        && !FIELD_DEFAULT.matcher(property).matches())
                .sorted()
                .toList();
    }

    /** The setting that a property or variable of this name must have been meant for. */
    static Optional<String> nearest(String name) {
        String plain = plain(name);
        return ALL.stream()
                .filter(property -> NearestName.slips(plain, plain(property)) <= slips(property))
                .min((a, b) -> Integer.compare(NearestName.slips(plain, plain(a)), NearestName.slips(plain, plain(b))));
    }

    /** Those of custom fields, set as properties or as environment variables. */
    static List<String> fieldDefaults(Collection<String> properties) {
        Stream<String> byVariables = System.getenv().keySet().stream()
                .filter(variable -> FIELD_VARIABLE.matcher(variable).matches())
                .map(variable -> variable.toLowerCase(Locale.ROOT).replace('_', '.'));
        return Stream.concat(properties.stream(), byVariables)
                .filter(name -> FIELD_DEFAULT.matcher(name).matches())
                .distinct()
                .sorted()
                .toList();
    }

    static long numberOfField(String name) {
        Matcher field = FIELD_DEFAULT.matcher(name);
        if (!field.matches()) {
            throw new IllegalArgumentException(name + " is no redmine.field.NUMBER");
        }
        return Long.parseLong(field.group(1));
    }

    /** Whether the variable must have been meant for a setting of ours. */
    static boolean isSlip(String variable, String value) {
        return isStranger(variable, value) && nearest(variable).isPresent();
    }

    /** Whether the variable has a prefix of ours, names no setting, and is not one that Kubernetes sets. */
    public static boolean isStranger(String variable, String value) {
        return OUR_VARIABLES.matcher(variable).matches()
                && !FIELD_VARIABLE.matcher(variable).matches()
                && ALL.stream().map(SettingNames::variable).noneMatch(variable::equals)
                && !KUBERNETES.matcher(variable).matches()
                && !isAddressOfKubernetes(value);
    }

    /** Whether a variable of this value is one that Kubernetes sets, whatever its name is. */
    public static boolean isAddressOfKubernetes(String value) {
        return KUBERNETES_ADDRESS.matcher(value).matches();
    }

    /** Few letters, few slips: REDMINE_TZ and the REDMINE_PORT that Kubernetes makes are near to names of ours, and none of our business. */
    private static int slips(String property) {
        String ownPart = plain(property.substring(property.indexOf('.')));
        return NearestName.allowed(ownPart.length());
    }

    private static String plain(String name) {
        return name.toUpperCase(Locale.ROOT).replaceAll("[^A-Z]", "");
    }
}
