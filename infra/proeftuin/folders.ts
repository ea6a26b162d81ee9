import { join } from 'node:path';

/** Where the proeftuin keeps what it made, in the state folder of a deployment. */
export interface Folders {
  readonly own: string;
  /** Declarations with the addresses of this deployment: what `lb-bus apply -f` gets. */
  readonly tenants: string;
  /** What the gateway reads as LBBUS_ISSUERS_FILE. */
  readonly issuersFile: string;
}

export const foldersIn = (stateFolder: string): Folders => ({
  own: join(stateFolder, 'proeftuin'),
  tenants: join(stateFolder, 'proeftuin', 'tenants'),
  issuersFile: join(stateFolder, 'issuers.json'),
});
