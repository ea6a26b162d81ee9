/** Notified when a hold was set or released, by whoever: delivery looks at the holds again. */
export const holdChannel = 'lbbus_holds';

/** Notified, without a payload, when a check was asked; with `tenant/target` when the system behind that line works. */
export const checkChannel = 'lbbus_checks';

/** A circuit counts so long after the process that has it last told of it: the process may have died. */
export const circuitCountsMs = 15_000;
