/** What an operator orders about parked messages: try them again, let them go for good, or put a copy in the place of one. */
export type Act = 'replay' | 'discard' | 'edit';

/** `stopped`: it stopped itself, as too many failed; an operator may let it go on. */
export type OrderState = 'planned' | 'running' | 'paused' | 'stopped' | 'cancelled' | 'done';
