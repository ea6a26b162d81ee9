import { useState } from 'react';
import type { ConnectorView, Declaration, GivenSecrets, TenantView, Wish } from './queries.ts';
import type { Settings } from './settings-form.tsx';

type Instance = NonNullable<Declaration['connectors']>[string];

/** The wish that the form stands for: the tenant as it is, with this instance as it is written here. */
export const wishOf = (
  view: TenantView,
  name: string,
  instance: Instance,
  secrets: GivenSecrets,
): Wish => ({
  tenant: view.tenant,
  version: view.version,
  secrets,
  declaration: {
    ...view.declaration,
    connectors: { ...view.declaration.connectors, [name]: instance },
  },
});

interface Written {
  readonly settings: Settings;
  readonly enabled: boolean;
  /** What the instance says of its hook, where it has one. */
  readonly hook: NonNullable<Instance['hook']> | null;
}

const instanceOf = (
  name: string,
  { id }: ConnectorView,
  { settings, enabled, hook }: Written,
): Instance => ({
  ...(id !== name && { connector: id }),
  ...(Object.keys(settings).length > 0 && { settings }),
  ...(hook !== null && { hook }),
  ...(!enabled && { enabled: false }),
});

/** What is written in the form, and what it would make of the instance. */
export const useInstance = (view: TenantView, name: string, connector: ConnectorView) => {
  const before = view.declaration.connectors?.[name];
  const { settings: stored = {}, enabled: on = true, hook: heard } = before ?? {};
  const [settings, setSettings] = useState<Settings>(stored);
  const [enabled, setEnabled] = useState(on);
  const [hook, setHook] = useState(heard !== undefined);
  const written = { settings, enabled, hook: hook ? (heard ?? true) : null };
  const instance = instanceOf(name, connector, written);
  return { settings, setSettings, enabled, setEnabled, hook, setHook, instance };
};
