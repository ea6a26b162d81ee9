import { createHmac } from 'node:crypto';

/** A secret as Standard Webhooks writes it: `whsec_` and 24 to 64 bytes in base64. */
export const secretPattern = '^whsec_[A-Za-z0-9+/]{32,88}={0,2}$';

const sign = (secret: string, content: string): string => {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  return `v1,${createHmac('sha256', key).update(content).digest('base64')}`;
};

/**
 * The headers of Standard Webhooks 1.0.0: one signature per active secret, so that a receiver may change its secret
 * while messages flow.
 */
export const signed = (
  id: string,
  body: string,
  secrets: readonly string[],
  now: Date,
): Record<string, string> => {
  const timestamp = Math.floor(now.getTime() / 1000);
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets
      .map((secret) => sign(secret, `${id}.${timestamp}.${body}`))
      .join(' '),
  };
};
