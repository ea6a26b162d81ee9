import type { Simulator } from '#kit/simulator-host.js';
import { identityPath } from './identity-paths.js';
import type { OutsideWorld } from './outside-world.js';

const escaped: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
};

const text = (words: string | number): string =>
  String(words).replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign);

const style = `
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 56rem; margin: 3rem auto; padding: 0 1rem; color: #1b2733 }
  h1 { font-size: 1.6rem } h2 { font-size: 1.15rem; margin-top: 2.5rem }
  table { border-collapse: collapse; width: 100% } th, td { text-align: left; padding: .25rem .75rem .25rem 0 }
  th { border-bottom: 2px solid #cfd8e0 } td { border-bottom: 1px solid #e6ebef }
  th.count, td.count { text-align: right; font-variant-numeric: tabular-nums } code { background: #f2f5f7; padding: 0 .25em; overflow-wrap: anywhere }
`;

const rowOf = (id: string, simulator: Simulator, account: string): string => {
  const state = `/${id}/_simulator/accounts/${encodeURIComponent(account)}/state`;
  const link = `<a href="${text(state)}">${text(account)}</a>`;
  const cells = [link, `<code>${text(simulator.baseUrl(account))}</code>`];
  const count = simulator.effects(account).length;
  return `<tr>${cells.map((cell) => `<td>${cell}</td>`).join('')}<td class="count">${count}</td></tr>`;
};

const sectionOf = ([id, simulator]: readonly [string, Simulator]): string => `
  <h2>${text(simulator.title)} (nagebootst)</h2>
  <table><thead><tr><th>omgeving</th><th>adres</th><th class="count">gevolgen sinds de start</th></tr></thead>
  <tbody>${simulator.accounts.map((account) => rowOf(id, simulator, account)).join('\n')}</tbody></table>`;

const usage = `
  <h2>Zelf iets doen</h2>
  <p><code>GET /&lt;systeem&gt;/_simulator/accounts/&lt;omgeving&gt;/state</code> toont wat een omgeving bevat,
  <code>POST …/drive/&lt;handeling&gt;</code> doet wat mensen daar zouden doen (bij TOPdesk <code>takeInTreatment</code> en
  <code>solve</code>), en <code>POST /&lt;systeem&gt;/_simulator/faults</code> laat het systeem haperen.</p>`;

/** The page of the proeftuin: which systems it stands in for, and what each has received so far. */
export const frontPage = (world: OutsideWorld): string => `<!DOCTYPE html>
<html lang="nl"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Proeftuin van LB-bus</title><style>${style}</style></head><body>
  <h1>Proeftuin van LB-bus</h1>
  <p>Deze toepassing speelt de buitenwereld: de systemen waarmee de bus spreekt, en het toegangsbeheer van de Vlaamse
  overheid. Alles is echt HTTP; alle gegevens zijn verzonnen. Wat een systeem ontving, vergeet het wanneer de proeftuin stopt. In
  productie start ze niet.</p>
  <h2>Toegangsbeheer (in de plaats van ACM/IDM)</h2>
  <p><a href="${identityPath}/.well-known/openid-configuration"><code>${identityPath}/.well-known/openid-configuration</code></a>:
  client credentials met <code>private_key_jwt</code>, access tokens als JWT of opaak, introspectie; en de aanmelding van verzonnen
  mensen bij het venster van de operatoren.</p>
  ${[...world].map(sectionOf).join('\n')}
  ${usage}
</body></html>
`;
