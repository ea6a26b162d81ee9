import type { TenantOverview } from '../operators/overview.js';
import type { searchMessages } from '../operators/search.js';
import { html, type Markup } from './html.js';
import { badge, moment, shell, shortType } from './shell.js';
import { textsIn, type Language } from './texts.js';

type Line = Awaited<ReturnType<typeof searchMessages>>['messages'][number];

const counted = ['delivered', 'accepted', 'waiting', 'held', 'parked'] as const;

const bareRow = (name: string): Markup =>
  html`<tr>
    <th scope="row">${name}</th>
    <td class="muted" colspan="${counted.length + 1}">—</td>
  </tr>`;

const rowsOf = ({ name, targets }: TenantOverview, off: string): Markup[] =>
  targets.length === 0
    ? [bareRow(name)]
    : targets.map(
        ({ target, connector, enabled, counts }, index) =>
          html`<tr>
            ${index === 0 ? html`<th scope="rowgroup" rowspan="${targets.length}">${name}</th>` : ''}
            <td>
              ${target} ${connector === target ? '' : html`<span class="muted">${connector}</span>`}
              ${enabled ? '' : html`<span class="muted">(${off})</span>`}
            </td>
            ${counted.map(
              (status) =>
                html`<td class="n ${counts[status] === 0 ? 'zero' : status}">
                  ${counts[status]}
                </td>`,
            )}
          </tr>`,
      );

const messageLink = ({ tenant, id }: Line, language: Language): Markup =>
  html`<a href="/messages/${tenant}/${id}?lang=${language}"><code>${id.slice(0, 8)}</code></a>`;

/** Tenants with their targets and counts, and the latest messages; no personal data. */
export const overviewPage = (
  tenants: readonly TenantOverview[],
  latest: readonly Line[],
  language: Language,
): string => {
  const texts = textsIn[language];
  const content = html`<p>${texts.intro}</p>
    <h2>${texts.tenant} × ${texts.target}</h2>
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
                <td>${badge(line.status, language)}</td>
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
