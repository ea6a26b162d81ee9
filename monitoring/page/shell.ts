import { html, type Markup } from './html.js';
import { styleElement } from './style.js';
import { languageNames, textsIn, type Language } from './texts.js';

/** A moment as people in Belgium write it. */
export const moment = (at: string, language: Language): string =>
  new Intl.DateTimeFormat(`${language}-BE`, {
    dateStyle: 'short',
    timeStyle: 'medium',
    timeZone: 'Europe/Brussels',
  }).format(new Date(at));

/** A message type without what all of them begin with. */
export const shortType = (type: string): string => type.replace(/^be\.lbbus\./, '');

/** A status in words and colour. */
export const badge = (status: string, language: Language): Markup =>
  html`<span class="badge ${status}">${wordOf(status, language)}</span>`;

/** A status or the outcome of a step in words. */
export const wordOf = (status: string, language: Language): string =>
  textsIn[language].statuses[status] ?? status;

const languageLinks = (path: string, language: Language): Markup[] =>
  (Object.keys(languageNames) as Language[])
    .filter((other) => other !== language)
    .map(
      (other) =>
        html`<a href="${path}?lang=${other}" hreflang="${other}" lang="${other}"
          >${languageNames[other]}</a
        >`,
    );

/** A whole page around its content. */
export const shell = (
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
        ${styleElement}
      </head>
      <body>
        <header>
          <h1>${title}</h1>
          <nav>${languageLinks(path, language)}</nav>
        </header>
        <main>
          <span class="sandbox">${texts.sandbox}</span>
          ${content}
        </main>
        <footer>LB-bus</footer>
      </body>
    </html>`.text;
};
