/** The queues of the bus, as data: `lb-bus way` prints them and provisioning declares them. */
export const auditQueue = 'audit';

/** Work for one connector instance of one tenant. */
export const targetQueue = (tenant: string, target: string): string => `t.${tenant}.${target}`;

/** Raw webhook calls for one connector instance of one tenant. */
export const hookQueue = (tenant: string, target: string): string => `h.${tenant}.${target}`;
