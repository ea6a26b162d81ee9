import type { TenantOverview } from '../operators/overview.js';
import type { searchMessages } from '../operators/search.js';
import type { Trace } from '../operators/trace.js';
import { html, Markup } from './html.js';
import { style } from './style.js';
import { languageNames, textsIn, type Language } from './texts.js';
import { timelineOf } from './timeline.js';

type Line = Awaited<ReturnType<typeof searchMessages>>['messages'][number];

const counted = ['delivered', 'accepted', 'waiting', 'held', 'parked'] as const;

const moment = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(`${language}-BE`, {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Brussels',
  }).format(new Date(at));

const shortType = (type: string): string => type.replace(/^be\.lbbus\./, '');

const languageLinks = (path: string, language: Language): Markup[] =>
  (Object.keys(languageNames) as Language[])
    .filter((other) => other !== language)
    .map(
      (other) =>
        html`<a href="${path}?lang=${other}" hreflang="${other}" lang="${other}"
          >${languageNames[other]}</a
        >`,
    );

const shell = (
  content: Markup,
  { language, path, title }: { language: Language; path: string; title: string },
): string => {
  const texts = textsIn[language];
  return html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width" />
        <title>${title}</title>
        <style>
          ${new Markup(style)}
        </style>
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <nav>${languageLinks(path, language)}</nav>
        </header>
        <main>
          <p>${texts.intro}</p>
          <span class="sandbox">${texts.sandbox}</span>
          ${content}
        </main>
        <footer>LB-bus</footer>
      </body>
    </html>`.text;
};

const rowsOf = ({ name, targets }: TenantOverview, off: string): Markup[] =>
  targets.map(
    ({ target, connector, enabled, counts }, index) =>
      html`<tr>
        ${index === 0 ? html`<th scope="rowgroup" rowspan="${targets.length}">${name}</th>` : ''}
        <td>
          ${target} ${connector === target ? '' : html`<span class="muted">${connector}</span>`}
          ${enabled ? '' : html`<span class="muted">(${off})</span>`}
        </td>
        ${counted.map(
          (status) =>
            html`<td class="n ${counts[status] === 0 ? 'zero' : status}">${counts[status]}</td>`,
        )}
      </tr>`,
  );

const badge = (status: string): Markup => html`<span class="badge ${status}">${status}</span>`;

const messageLink = ({ tenant, id }: Line, language: Language): Markup =>
  html`<a href="/messages/${tenant}/${id}?lang=${language}"><code>${id.slice(0, 8)}</code></a>`;

/** Tenants with their targets and counts, and the latest messages; no personal data. */
export const overviewPage = (
  tenants: readonly TenantOverview[],
  latest: readonly Line[],
  language: Language,
): string => {
  const texts = textsIn[language];
  const content = html`<h2>${texts.tenant} × ${texts.target}</h2>
    <div class="card">
      <table>
        <thead>
          <tr>
            <th>${texts.tenant}</th>
            <th>${texts.target}</th>
            ${counted.map((status) => html`<th class="n">${texts[status]}</th>`)}
          </tr>
        </thead>
        <tbody>
          ${tenants.map((tenant) => rowsOf(tenant, texts.off))}
        </tbody>
      </table>
    </div>
    <h2>${texts.latest}</h2>
    <div class="card">
      <table>
        <thead>
          <tr>
            <th>${texts.message}</th>
            <th>${texts.tenant}</th>
            <th>${texts.type}</th>
            <th>${texts.status}</th>
            <th>${texts.acceptedAt}</th>
          </tr>
        </thead>
        <tbody>
          ${latest.map(
            (line) =>
              html`<tr>
                <td>${messageLink(line, language)}</td>
                <td>${line.tenant}</td>
                <td>${shortType(line.type)}</td>
                <td>${badge(line.status)}</td>
                <td>${moment(line.acceptedAt, language)}</td>
              </tr>`,
          )}
          ${
            latest.length === 0
              ? html`<tr>
                  <td colspan="5">${texts.nothing}</td>
                </tr>`
              : ''
          }
        </tbody>
      </table>
    </div>`;
  return shell(content, { language, path: '/', title: texts.title });
};

const stepRows = (trace: Trace, language: Language): Markup[] =>
  trace.targets.flatMap(({ target, steps }) =>
    steps.map(
      (step) =>
        html`<tr>
          <td>${target}</td>
          <td><span class="badge ${step.outcome}">${step.outcome}</span></td>
          <td>${moment(step.at, language)}</td>
          <td class="n">${step.durationMs} ms</td>
          <td>${step.code ?? ''}</td>
          <td class="words">${step.detail ?? ''}</td>
        </tr>`,
    ),
  );

const factRows = (trace: Trace, language: Language): Markup => {
  const texts = textsIn[language];
  const others = [trace.conflictOf, ...trace.conflicts].filter((id) => id !== null);
  return html`<dl>
    <dt>${texts.message}</dt>
    <dd><code>${trace.id}</code></dd>
    <dt>${texts.tenant}</dt>
    <dd>${trace.tenant}</dd>
    <dt>${texts.type}</dt>
    <dd>${shortType(trace.type)}</dd>
    <dt>${texts.status}</dt>
    <dd>${badge(trace.status)}</dd>
    <dt>${texts.acceptedAt}</dt>
    <dd>${moment(trace.acceptedAt, language)}</dd>
    ${trace.targets
      .filter(({ externalId }) => externalId !== null)
      .map(
        ({ target, externalId }) =>
          html`<dt>${texts.externalId} (${target})</dt>
            <dd>${externalId ?? ''}</dd>`,
      )}
    ${others.map(
      (id) =>
        html`<dt>${texts.conflict}</dt>
          <dd>
            <a href="/messages/${trace.tenant}/${id}?lang=${language}"><code>${id}</code></a>
          </dd>`,
    )}
  </dl>`;
};

/** One message: its facts, its trace as a picture, every step. */
export const tracePage = (trace: Trace, language: Language): string => {
  const texts = textsIn[language];
  const content = html`<p><a href="/?lang=${language}">← ${texts.back}</a></p>
    <h2>${texts.message}</h2>
    <div class="card">${factRows(trace, language)}</div>
    <h2>${texts.timeline}</h2>
    <div class="card">${timelineOf(trace, texts.timeline)}</div>
    <h2>${texts.steps}</h2>
    <div class="card">
      <table>
        <thead>
          <tr>
            <th>${texts.target}</th>
            <th>${texts.step}</th>
            <th>${texts.at}</th>
            <th class="n">${texts.duration}</th>
            <th>${texts.code}</th>
            <th>${texts.detail}</th>
          </tr>
        </thead>
        <tbody>
          ${stepRows(trace, language)}
        </tbody>
      </table>
    </div>`;
  const path = `/messages/${trace.tenant}/${trace.id}`;
  return shell(content, { language, path, title: `${texts.message} ${trace.id.slice(0, 8)}` });
};
