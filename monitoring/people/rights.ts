/** What somebody is to the bus; nobody is anything else. */
export const roles = [
  'reader',
  'operator',
  'tenant-administrator',
  'privacy-officer',
  'board',
] as const;

export type Role = (typeof roles)[number];

/** What an endpoint or a page asks of whoever uses it. */
export type Right =
  'see' | 'act' | 'configure' | 'read-body' | 'see-usage' | 'see-acts' | 'register';

/** What each role may do, of the tenants that the person reaches. What is not here is refused. */
export const rightsOf: Readonly<Record<Role, readonly Right[]>> = {
  reader: ['see'],
  operator: ['see', 'act', 'configure', 'see-usage', 'see-acts'],
  'tenant-administrator': ['see', 'act', 'configure', 'read-body', 'see-usage', 'see-acts'],
  'privacy-officer': ['see', 'read-body', 'see-acts', 'register'],
  board: ['see-usage'],
};

/** A role that is only ever given for tenants by name. */
export const needsTenants = (role: Role): boolean => role === 'tenant-administrator';

/** Whether the text names a role. */
export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text);
