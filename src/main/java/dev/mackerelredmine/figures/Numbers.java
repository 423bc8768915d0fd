package dev.mackerelredmine.figures;

/**
 * The figures of one period; docs/figures.md defines each. Times are in seconds.
 *
 * @param open how many are not over
 * @param couldBeAcknowledged how many there was time to acknowledge: those of which the acknowledged ones are a share
 * @param recoveredUnseen how many were over and nobody had acknowledged them
 * @param neverAcknowledged how many nobody ever acknowledged, whether they are open or over
 * @param flappingAlerts of how many alerts the problem opened three times within 24 hours
 * @param nightPages how many pages people got from 22 to 8 o'clock
 */
public record Numbers(
        long alerts,
        long warning,
        long unknown,
        long critical,
        long open,
        Spread toTicket,
        long couldBeAcknowledged,
        long acknowledged,
        Spread toAcknowledge,
        Spread toRecoverByItself,
        Spread toRecoverByHand,
        long recoveredUnseen,
        long neverAcknowledged,
        long shortAlerts,
        long flappingAlerts,
        long flappingProblems,
        long pages,
        long nightPages) {}
