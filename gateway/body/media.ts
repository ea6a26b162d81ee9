import { MIMEType } from 'node:util';
import { Refusal } from '#intake/refusal.js';

/** How a CloudEvent lies in a request (CloudEvents HTTP binding, section 3). */
export type Mode = 'structured' | 'binary' | 'batch';

const modes: Readonly<Record<string, Mode>> = {
  'application/cloudevents+json': 'structured',
  'application/cloudevents-batch+json': 'batch',
  'application/ld+json': 'binary',
  'application/json': 'binary',
};

const unsupported = (variant: string): Refusal =>
  new Refusal('unsupported-media', 415, { params: { variant } });

const parse = (contentType: string | undefined): MIMEType => {
  try {
    return new MIMEType(contentType ?? '');
  } catch {
    throw unsupported('type');
  }
};

/** Throws 415 for a type that carries no CloudEvent as JSON and for a charset that is not UTF-8. */
export const modeOf = (contentType: string | undefined): Mode => {
  const { essence, params } = parse(contentType);
  const mode = Object.hasOwn(modes, essence) ? modes[essence] : undefined;
  if (!mode) throw unsupported('type');
  if ((params.get('charset') ?? 'utf-8').toLowerCase() !== 'utf-8') throw unsupported('charset');
  return mode;
};
