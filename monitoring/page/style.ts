import { createHash } from 'node:crypto';
import { Markup } from './html.js';

const style = `
:root{--ink:#16202c;--soft:#5b6b7d;--line:#dde4ec;--paper:#f5f7fa;--card:#fff;--blue:#0b5cab;--green:#1c7c54;--amber:#a86400;--red:#b3261e;--violet:#6a3fb5}
@media (prefers-color-scheme:dark){:root{--ink:#e6ecf3;--soft:#9fb0c2;--line:#2b3a4b;--paper:#0f1720;--card:#172230;--blue:#6cb3ff;--green:#5bd29a;--amber:#f0b24a;--red:#ff8a80;--violet:#bda1ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.5 system-ui,"Segoe UI",Roboto,sans-serif}
header,main{max-width:1200px;margin:0 auto;padding:0 24px}
header{padding-top:28px;display:flex;flex-wrap:wrap;gap:8px 24px;align-items:baseline;justify-content:space-between}
h1{font-size:24px;margin:0;letter-spacing:-.01em}
h2{font-size:17px;margin:32px 0 10px}
p{margin:4px 0;color:var(--soft)}
.sandbox{display:inline-block;margin-top:10px;padding:3px 10px;border-radius:99px;border:1px solid var(--line);font-size:13px}
nav a{margin-left:14px}
a{color:var(--blue);text-decoration:none}
a:hover,a:focus-visible{text-decoration:underline}
.card{background:var(--card);border:1px solid var(--line);border-radius:12px;overflow-x:auto}
table{border-collapse:collapse;width:100%}
th,td{padding:7px 12px;text-align:left;border-top:1px solid var(--line);vertical-align:top;white-space:nowrap}
td.words{white-space:normal;min-width:16em}
@media (max-width:640px){header,main{padding:0 12px}th,td{padding:6px 8px}td.n,th.n{padding-left:2px}thead th{white-space:normal;font-size:10px;letter-spacing:0}tbody th{white-space:normal}td .muted{display:block;font-size:12px}dl{grid-template-columns:1fr;gap:0}dd{margin-bottom:8px}}
thead th{border-top:0;font-size:12px;font-weight:600;color:var(--soft);text-transform:uppercase;letter-spacing:.04em}
tbody th{font-weight:600}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}
td.zero{color:var(--soft)}
.muted{color:var(--soft)}
.delivered,.acknowledged{color:var(--green)}.waiting,.accepted,.queued,.released{color:var(--blue)}.held,.retry{color:var(--amber)}.parked,.rejected{color:var(--red)}.expired,.discarded{color:var(--violet)}
.badge{font-weight:600}
code{font:13px ui-monospace,SFMono-Regular,Menlo,monospace}
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 20px;margin:0;padding:16px}
dt{color:var(--soft)}dd{margin:0;overflow-wrap:anywhere}
svg{display:block;min-width:720px}
svg text{font:12px system-ui,sans-serif;fill:var(--ink)}
svg .axis{stroke:var(--line)}svg .soft{fill:var(--soft)}
svg .dot-delivered,svg .dot-acknowledged{fill:var(--green)}svg .dot-retry,svg .dot-held{fill:var(--amber)}svg .dot-parked,svg .dot-rejected{fill:var(--red)}svg .dot-queued,svg .dot-released,svg .dot-accepted{fill:var(--blue)}svg .dot-expired,svg .dot-discarded{fill:var(--violet)}
footer{max-width:1200px;margin:32px auto;padding:0 24px;color:var(--soft);font-size:13px}
`;

/** The style sheet as an element: a space more between its tags, and the hash below would not fit. */
export const styleElement = new Markup(`<style>${style}</style>`);

/** For the content security policy: this style and nothing else. */
export const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;
