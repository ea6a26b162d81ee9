/** Notified, with `tenant/message`, when a question has come to its end: whoever waits for the answer may read it. */
export const answerChannel = 'lbbus_answer';

/** Notified, with `tenant/message`, when whoever asked has gone: nobody needs to ask on. */
export const cancelChannel = 'lbbus_cancel';

/** What is told on both channels. */
export const questionKey = (tenant: string, message: string): string => `${tenant}/${message}`;
