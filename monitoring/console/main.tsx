import { createRoot } from 'react-dom/client';
import { App, newClient } from './frame/app.tsx';
import { showTheme } from './frame/theme.ts';
import { openAt } from './pages.ts';
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
openAt(location, client).catch(() => undefined);
await startTexts();
createRoot(root).render(<App client={client} />);
