import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { burgerprofielClientId, burgerprofielScopes, opaqueAudience } from './applications.js';
import { foldersIn } from './folders.js';
import { contentTypeOf } from './meldpunt.js';
import type { Deployment } from './meldpunten.js';
import { proeftuinFolder } from './places.js';
import { signIn } from './sign-in.js';

/** What a government tells Mijn Burgerprofiel before a resident reports anything. */
export interface Configuration {
  readonly categories: readonly { readonly id: string; readonly name: string }[];
  readonly schema: Readonly<Record<string, unknown>>;
  readonly attachments: {
    readonly maxCount: number;
    readonly maxSizeBytes: number;
    readonly contentTypes: readonly string[];
  };
}

/** What became of a melding. */
export interface Progress {
  readonly id: string;
  readonly status: string;
  readonly melding?: {
    readonly statusType: string;
    readonly beschrijving: string;
    readonly statusdatum: string;
  };
}

type Interface = keyof typeof burgerprofielScopes;

/** Mijn Burgerprofiel as it meets the bus: over HTTP, with tokens of ACM/IDM. Every call throws with the answer where it is refused. */
export interface MijnBurgerprofiel {
  readonly configuration: (tenant: string) => Promise<Configuration>;
  /** Submits a melding with photos of the proeftuin; answers its id on the bus. */
  readonly submit: (tenant: string, melding: object, photos?: readonly string[]) => Promise<string>;
  readonly progress: (tenant: string, id: string) => Promise<Progress>;
  /** A page in HAL. */
  readonly forms: (tenant: string) => Promise<unknown>;
  readonly certificates: (tenant: string, insz: string) => Promise<unknown>;
}

/** Half the life of a token. */
const renewAfterMs = 300_000;

const tokensOf = ({ stateFolder, proeftuin: origin }: Deployment) => {
  const { own: folder } = foldersIn(stateFolder);
  const asked = new Map<Interface, { readonly at: number; readonly token: Promise<string> }>();
  return (of: Interface): Promise<string> => {
    const known = asked.get(of);
    if (known && performance.now() - known.at < renewAfterMs) return known.token;
    const client = { folder, origin, clientId: burgerprofielClientId };
    const scope = burgerprofielScopes[of];
    const token = signIn({ ...client, resource: opaqueAudience, scope });
    asked.set(of, { at: performance.now(), token });
    return token;
  };
};

const formOf = async (melding: object, photos: readonly string[]): Promise<FormData> => {
  const form = new FormData();
  form.append('melding', new Blob([JSON.stringify(melding)], { type: 'application/json' }));
  for (const photo of photos) {
    const bytes = await readFile(join(proeftuinFolder, 'photos', photo));
    form.append('bijlage', new Blob([bytes], { type: contentTypeOf(photo) }), photo);
  }
  return form;
};

/** Stands in for Mijn Burgerprofiel at a deployment. */
export const mijnBurgerprofielAt = (deployment: Deployment): MijnBurgerprofiel => {
  const tokenFor = tokensOf(deployment);
  const call = async (of: Interface, path: string, body?: FormData): Promise<unknown> => {
    const headers = { authorization: `Bearer ${await tokenFor(of)}` };
    const response = await fetch(`${deployment.gateway}/mbp/${path}`, {
      headers,
      ...(body && { method: 'POST', body }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${of} was answered ${response.status}: ${text}`);
    return JSON.parse(text) as unknown;
  };
  return {
    configuration: async (tenant) =>
      (await call('meldingen', `${tenant}/v1/melding/configuration`)) as Configuration,
    submit: async (tenant, melding, photos = []) => {
      const form = await formOf(melding, photos);
      return ((await call('meldingen', `${tenant}/v1/melding`, form)) as Progress).id;
    },
    progress: async (tenant, id) =>
      (await call('meldingen', `${tenant}/v1/melding/${id}`)) as Progress,
    forms: (tenant) => call('forms', `${tenant}/api/v1/forms`),
    certificates: (tenant, insz) => call('attesten', `${tenant}/v1/certificates/${insz}`),
  };
};
