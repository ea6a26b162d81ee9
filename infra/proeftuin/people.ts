import { couplingsWith, passwordsIn } from './accounts.js';
import { readTenants } from './declared-tenants.js';
import { foldersIn } from './folders.js';

/** Where a thing stands: an environment of a simulator, and the tenant that it belongs to. */
export interface Whose {
  readonly account: string;
  readonly tenant: string;
}

/** Where things are read: what an environment holds now, or what messages have brought about in it, in order. */
export interface From<T> {
  readonly what: 'state' | 'effects';
  readonly listIn: (answer: unknown) => readonly T[];
}

/** People at work in all environments of one kind of system in the proeftuin. */
export interface People {
  /** What the environments hold, with where it stands: their state, or the list that it is read from. */
  readonly look: <T extends object>(from?: From<T>) => Promise<(T & Whose)[]>;
  readonly act: (whose: Whose, driver: string, input: object) => Promise<void>;
}

const wholeState = <T>(): From<T> => ({
  what: 'state',
  listIn: (answer) => answer as readonly T[],
});

/** The people at the simulators of a connector at `origin`, for the tenants that `prepare` wrote into the state folder. */
export const peopleAt = (connector: string, origin: string, stateFolder: string): People => {
  const { own, tenants } = foldersIn(stateFolder);
  const passwords = passwordsIn(own);
  const desks = couplingsWith(connector, { tenants: readTenants(tenants), passwords, origin });
  const accountUrl = (account: string): string =>
    `${origin}/${connector}/_simulator/accounts/${account}`;
  const lookAt = async <T extends object>(
    account: string,
    tenant: string,
    { what, listIn }: From<T>,
  ): Promise<(T & Whose)[]> => {
    const answer: unknown = await (await fetch(`${accountUrl(account)}/${what}`)).json();
    return listIn(answer).map((one) => ({ ...one, account, tenant }));
  };
  return {
    look: async <T extends object>(from: From<T> = wholeState()) =>
      (
        await Promise.all(desks.map(({ account, tenant }) => lookAt(account.name, tenant, from)))
      ).flat(),
    act: async ({ account }, driver, input) => {
      const response = await fetch(`${accountUrl(account)}/drive/${driver}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
      });
      if (!response.ok) throw new Error(`${driver} in ${account} was answered ${response.status}`);
    },
  };
};
