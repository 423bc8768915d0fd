package dev.mackerelredmine.escalation;

/** Makes rotas out of calendars. */
public interface IcalRotas {

    /** @throws IllegalArgumentException that says, without the address, why there can be no such calendar */
    Rota of(IcalRota definition);
}
