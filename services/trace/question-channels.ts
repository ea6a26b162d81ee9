/**
 * Notified, with `tenant/message`, when a question has come to its end: whoever waits for the answer may read it. A positive
 * answer that is not long stands behind that, sealed, with the digest of its question and its own id: it need not be read.
 */
export const answerChannel = 'lbbus_answer';

/** Notified, with `tenant/message`, when whoever asked has gone: nobody needs to ask on. */
export const cancelChannel = 'lbbus_cancel';

/** What is told on both channels, first. */
export const questionKey = (tenant: string, message: string): string => `${tenant}/${message}`;
