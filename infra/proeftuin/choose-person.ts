import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import { consolePeople } from './console-people.js';
import { choosePath } from './identity-paths.js';

const policy =
  "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'";

const style = `
  :root { color-scheme: light dark }
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 34rem; margin: 3rem auto; padding: 0 1rem; color: light-dark(#18242e, #e6edf2); background: light-dark(#f4f6f7, #10161a) }
  h1 { font-size: 1.5rem; line-height: 1.25 }
  .note { border-left: 4px solid light-dark(#7a4b00, #f2c063); padding: .5rem 1rem; background: light-dark(#fdf0d5, #372a10) }
  button { font: inherit; color: inherit; display: block; width: 100%; margin: .5rem 0; padding: .75rem 1rem; text-align: left; background: light-dark(#fff, #182027); border: 1px solid light-dark(#7b8a95, #72828e); border-radius: 6px; cursor: pointer }
  button:hover { background: light-dark(#e3f0f7, #17313f) } button strong, button span { display: block } button span { font-size: .875rem }
  :focus-visible { outline: 3px solid light-dark(#b4460f, #ffb27a); outline-offset: 2px }
`;

const signs: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

/** Words, as they stand in HTML. */
export const htmlText = (words: string): string =>
  words.replace(/[&<>"]/g, (sign) => signs[sign] ?? sign);

/** A page of the identity provider of the sandbox, marked as such. */
export const identityPage = (title: string, body: string): string => `<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title><style>${style}</style></head><body><main>
<p class="note">Proeftuin: dit staat in de plaats van ACM/IDM. Iedereen hier is verzonnen, en er is geen wachtwoord.</p>
<h1>${title}</h1>
${body}
</main></body></html>
`;

const choices = consolePeople
  .map(
    ({ sub, given, family, as }) =>
      `<button name="sub" value="${sub}"><strong>${given} ${family}</strong><span>${as}</span></button>`,
  )
  .join('\n');

const chosenIn = async (incoming: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const bytes of incoming) {
    text += String(bytes);
    if (text.length > 1_000) break;
  }
  return new URLSearchParams(text).get('sub') ?? '';
};

const show = (outgoing: ServerResponse, status: number, page: string): void => {
  outgoing.writeHead(status, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': policy,
    'cache-control': 'no-store',
  });
  outgoing.end(page);
};

const answer = async (
  provider: Provider,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> => {
  const { prompt } = await provider.interactionDetails(incoming, outgoing);
  // A client that may come back to any port is always asked about; the console is the government's own.
  if (prompt.name === 'consent')
    return provider.interactionFinished(incoming, outgoing, { consent: {} });
  const chosen = incoming.method === 'POST' ? await chosenIn(incoming) : '';
  if (chosen === 'niemand') {
    const refusal = { error: 'access_denied', error_description: 'nobody was chosen' };
    return provider.interactionFinished(incoming, outgoing, refusal);
  }
  if (consolePeople.some(({ sub }) => sub === chosen)) {
    const login = { login: { accountId: chosen, remember: false } };
    return provider.interactionFinished(incoming, outgoing, login);
  }
  show(
    outgoing,
    200,
    identityPage(
      'Wie bent u vandaag?',
      `<form method="post">${choices}<button name="sub" value="niemand"><strong>Toch niet aanmelden</strong></button></form>`,
    ),
  );
};

/** Answers where the request is for the page on which somebody chooses who she is; false where it is not. */
export const answerChoice = (
  provider: Provider,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): boolean => {
  if (!incoming.url?.startsWith(`${choosePath}/`)) return false;
  answer(provider, incoming, outgoing).catch(() =>
    show(
      outgoing,
      400,
      identityPage('Deze aanmelding is voorbij', '<p>Begin opnieuw vanuit het venster.</p>'),
    ),
  );
  return true;
};
