import type { Trace } from '../operators/trace.js';
import { html, type Markup } from './html.js';
import { badge, moment, shell, shortType } from './shell.js';
import { textsIn, type Language } from './texts.js';
import { timelineOf } from './timeline.js';

const stepRows = (trace: Trace, language: Language): Markup[] =>
  trace.targets.flatMap(({ target, steps }) =>
    steps.map(
      (step) =>
        html`<tr>
          <td>${target}</td>
          <td>${badge(step.outcome, language)}</td>
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
    <dd>${badge(trace.status, language)}</dd>
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
    <div class="card">${timelineOf(trace, language)}</div>
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
