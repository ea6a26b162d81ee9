import { createRoot } from 'react-dom/client';
import { sessionQuery } from './api/session.ts';
import { App, newClient } from './frame/app.tsx';
import { showTheme } from './frame/theme.ts';
import { loadPageAt } from './pages.ts';
import { startTexts } from './texts/language.ts';
import './style/tokens.css';
import './style/ground.css';
import './style/frame.css';
import './style/parts.css';
import './style/print.css';

showTheme();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
const client = newClient();
// What the first page needs is fetched beside each other: who is there, its program and its texts.
client.query(sessionQuery).catch(() => undefined);
loadPageAt(location.pathname);
await startTexts();
createRoot(root).render(<App client={client} />);
