package dev.mackerelredmine;

/** A port could not be opened; the message says which, and what to do. */
final class PortException extends RuntimeException {

    PortException(String setting, String address) {
        super("nothing can be opened on " + address + ": is it in use, or not this machine's? Free it, or set "
                + SettingNames.both(setting) + ".");
    }
}
