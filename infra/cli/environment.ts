const purposes = {
  DATABASE_URL: 'the address of PostgreSQL, e.g. postgres://lbbus:…@localhost:5432/lbbus',
  AMQP_URL:
    'the address of RabbitMQ with the virtual host, e.g. amqp://lbbus:…@localhost:5672/lbbus',
  LBBUS_ATTACHMENTS: 'where the attachments lie: file:///folder or s3://bucket',
  LBBUS_BODY_KEY_FILE: 'the file with the keys that wrap the data keys of the tenants',
  LBBUS_SECRET_KEY_FILE: 'the file with the keys that wrap the secret keys of the tenants',
} as const;

/** Value of an environment variable the command cannot do without; throws with what it is for. */
export const required = (name: keyof typeof purposes): string => {
  const value = process.env[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: ${purposes[name]}`);
  return value;
};
