import { createRoot } from 'react-dom/client';
import { App } from './frame/app.tsx';
import { showTheme } from './frame/theme.ts';
import { startTexts } from './texts/language.ts';
import './style/tokens.css';
import './style/ground.css';
import './style/frame.css';
import './style/parts.css';
import './style/print.css';

showTheme();
const root = document.getElementById('root');
if (!root) throw new Error('index.html has no root');
await startTexts();
createRoot(root).render(<App />);
